using System.Net;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Notices;
using Postern.Licensing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>Days 0 to 120 of everything that can go wrong with licences: state, banners, and what every address of the installation lets through.</summary>
[Trait("Fault", "F29")]
public sealed class DaysTests(DaysServer days) : IClassFixture<DaysServer>, IAsyncLifetime
{
    const int Days = 120;

    /// <summary>What happens, and from which day on which level holds.</summary>
    static readonly Dictionary<string, (Func<LicenseServer, Task> Begin, (int From, EnforcementLevel Level)[] Levels)> Cases = new(StringComparer.Ordinal)
    {
        ["expired"] = (server => EndsAsync(server), Ladder(0)),
        ["too many people"] = (async server =>
        {
            await InstallAsync(server, days: 300, users: 1);
            await server.Server.AddUserAsync("second");
            await server.SummaryAsync();
        }, Ladder(0)),
        ["expired, and too many people"] = (async server =>
        {
            await EndsAsync(server, users: 1);
            await server.Server.AddUserAsync("second");
        }, Ladder(0)),
        ["two licenses with different ends"] = (async server =>
        {
            await InstallAsync(server, days: 10 + 40, users: 10);
            await EndsAsync(server);
        }, [(0, EnforcementLevel.None), .. Ladder(40)]),
        ["the second of two is too small"] = (async server =>
        {
            await server.Server.AddUserAsync("second");
            await InstallAsync(server, days: 300, users: 1);
            await EndsAsync(server);
        }, Ladder(0)),
        ["renewed midway"] = (server => EndsAsync(server), [.. Ladder(0), (50, EnforcementLevel.None)]),
        ["people leave midway"] = (async server =>
        {
            await InstallAsync(server, days: 300, users: 1);
            await server.Server.AddUserAsync("second");
            await server.SummaryAsync();
        }, [.. Ladder(0), (50, EnforcementLevel.None)]),
        ["tampered key"] = (server => RefusedAsync(server, server.Key()[..^6] + "AAAAAA"), [(0, EnforcementLevel.None)]),
        ["wrong Install ID"] = (server => RefusedAsync(server, server.Key(adjust: d => d with { Audience = LicenseAudience.Of(Guid.NewGuid()) })), [(0, EnforcementLevel.None)]),
        ["wrong root"] = (async server =>
        {
            using var stranger = LicenseAuthority.Create("Stranger", server.Server.Clock.GetUtcNow());
            await RefusedAsync(server, server.Key(by: stranger));
        }, [(0, EnforcementLevel.None)]),
        ["expired chain"] = (server => RefusedAsync(server, server.Key(adjust: d => d with { IssuedAt = server.Server.Clock.GetUtcNow().AddYears(30).ToUnixTimeSeconds() })), [(0, EnforcementLevel.None)]),
        ["a key changed in the database"] = (async server =>
        {
            await InstallAsync(server, days: 10, users: 1);
            await server.Server.Database.ExecuteAsync("UPDATE license SET key = overlay(key placing 'AAAA' from length(key) - 5)");
        }, [(0, EnforcementLevel.None)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => days.BeginAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Day_by_day(string name)
    {
        var server = days.License;
        var (begin, levels) = Cases[name];
        await begin(server);
        // An hour into each day, as the steps are counted to the second.
        server.Server.Clock.Advance(TimeSpan.FromHours(1));
        for (var day = 0; day <= Days; day++)
        {
            if (day == 50)
                await MidwayAsync(server, name);
            await HoldsAsync(levels.Last(l => l.From <= day).Level, $"{name}, day {day}", day);
            server.Server.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Trait("Fault", "F5")]
    [Fact]
    public async Task A_clock_turned_back_takes_the_installation_back_with_it()
    {
        await EndsAsync(days.License);
        foreach (var (by, level) in new[] { (50, EnforcementLevel.ReadOnly), (-15, EnforcementLevel.UserWarning), (-15, EnforcementLevel.AdminWarning), (-30, EnforcementLevel.None), (55, EnforcementLevel.ReadOnly) })
        {
            days.License.Server.Clock.Advance(TimeSpan.FromDays(by));
            await HoldsAsync(level, $"{by} days", day: 0);
        }
    }

    async Task HoldsAsync(EnforcementLevel level, string when, int day)
    {
        var state = await days.Licenses.FreshAsync(Cancellation);
        (state.Level, state.IsReadOnly).ShouldBe((level, level is EnforcementLevel.ReadOnly), when);
        foreach (var (audience, from) in new[] { (Audience.Administrators, EnforcementLevel.AdminWarning), (Audience.People, EnforcementLevel.UserWarning), (Audience.Flow, EnforcementLevel.ReadOnly) })
        {
            var texts = Banners.Of(state, audience).Select(b => b.Text).Where(t => !t.Contains("within the next 2 weeks", StringComparison.Ordinal)).ToList();
            texts.Count.ShouldBe(level >= from ? 1 : 0, $"{when}, {audience}: {string.Join(' ', texts)}");
            if (level is EnforcementLevel.ReadOnly)
                texts[0].ShouldContain("read-only mode");
        }
        (await days.WrongDoorsAsync(level, day)).ShouldBeEmpty(when);
    }

    static (int From, EnforcementLevel Level)[] Ladder(int from) =>
        [(from, EnforcementLevel.Notice), (from + 14, EnforcementLevel.AdminWarning), (from + 28, EnforcementLevel.UserWarning), (from + 42, EnforcementLevel.ReadOnly)];

    /// <summary>A licence for ten days, ten days later.</summary>
    static async Task EndsAsync(LicenseServer server, int users = 10)
    {
        await InstallAsync(server, days: 10, users);
        await server.SummaryAsync();
        server.Server.Clock.Advance(TimeSpan.FromDays(10));
    }

    static async Task InstallAsync(LicenseServer server, int days, int users) => (await server.InstallAsync(server.Key(days, users))).StatusCode.ShouldBe(HttpStatusCode.Created);

    static async Task RefusedAsync(LicenseServer server, string key) => (await server.InstallAsync(key)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    static async Task MidwayAsync(LicenseServer server, string name)
    {
        if (name is "renewed midway")
            await InstallAsync(server, days: 365, users: 10);
        if (name is "people leave midway")
            await server.Server.Database.ExecuteAsync("UPDATE \"user\" SET is_active = false WHERE username = 'second'");
    }
}
