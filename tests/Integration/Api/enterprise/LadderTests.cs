using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>Too many people: the ladder on a running installation, with counts taken as time goes on.</summary>
[Trait("Fault", "F29")]
public sealed class LadderTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counting_all_the_while_does_not_stop_the_clock_and_deactivating_ends_it()
    {
        await using var server = await LicenseServer.StartAsync();
        await server.InstallAsync(server.Key(users: 2));
        await server.Server.AddUserAsync("second");
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("valid");
        var third = await server.Server.AddUserAsync("third");
        var levels = new List<string>();
        for (var day = 0; day < 45; day++)
        {
            levels.Add((await server.SummaryAsync())["enforcement"]!["level"]!.ToString());
            server.Server.Clock.Advance(TimeSpan.FromDays(1));
        }
        levels.GroupBy(l => l, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}").ShouldBe(["notice 15", "admin_warning 14", "user_warning 14", "read_only 2"]);

        await server.Admin.PatchAsJsonAsync($"/api/v3/core/users/{third.Pk}/", new { is_active = false }, Cancellation);
        server.Server.Clock.Advance(TimeSpan.FromSeconds(6));
        (await server.Admin.PostAsJsonAsync("/api/v3/core/groups/", new { name = "again" }, Cancellation)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Reinstalling_the_same_key_wins_no_time()
    {
        await using var server = await LicenseServer.StartAsync();
        var key = server.Key(users: 1);
        await server.InstallAsync(key);
        await server.Server.AddUserAsync("second");
        await server.SummaryAsync();
        server.Server.Clock.Advance(TimeSpan.FromDays(20));
        var before = (await server.SummaryAsync())["enforcement"]!["since"]!.ToString();

        var license = (await server.Admin.GetFromJsonAsync<JsonObject>(LicenseServer.Licenses, Cancellation))!["results"]![0]!["license_uuid"]!.ToString();
        await server.Admin.DeleteAsync($"{LicenseServer.Licenses}{license}/", Cancellation);
        await server.InstallAsync(key);

        DateTimeOffset.Parse((await server.SummaryAsync())["enforcement"]!["since"]!.ToString(), CultureInfo.InvariantCulture)
            .ShouldBe(DateTimeOffset.Parse(before, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1));
    }

    [Trait("Fault", "F5")]
    [Fact]
    public async Task A_clock_that_ran_ahead_and_was_put_right_keeps_nobody_out()
    {
        await using var server = await LicenseServer.StartAsync();
        await server.InstallAsync(server.Key(users: 1));
        var second = await server.Server.AddUserAsync("second");
        await server.SummaryAsync();
        server.Server.Clock.Advance(TimeSpan.FromDays(60));
        (await server.SummaryAsync())["enforcement"]!["level"]!.ToString().ShouldBe("read_only");
        server.Server.Clock.Advance(TimeSpan.FromDays(-60));
        (await server.SummaryAsync())["enforcement"]!["level"]!.ToString().ShouldBe("notice");

        await server.Admin.PatchAsJsonAsync($"/api/v3/core/users/{second.Pk}/", new { is_active = false }, Cancellation);
        (await server.SummaryAsync())["enforcement"]!["level"]!.ToString().ShouldBe("none");
        await server.Admin.PatchAsJsonAsync($"/api/v3/core/users/{second.Pk}/", new { is_active = true }, Cancellation);
        (await server.SummaryAsync())["enforcement"]!["level"]!.ToString().ShouldBe("notice");
    }
}
