using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Licenses;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>One installation that lives through all cases, each from the same day on without any licence.</summary>
public sealed class DaysServer : IAsyncLifetime
{
    readonly BehindAllDoors behind = new();
    readonly HashSet<(EnforcementLevel? From, EnforcementLevel To)> passed = [];
    IReadOnlyList<(string Method, string Address)> doors = [];
    EnforcementLevel? level;
    DateTimeOffset begin;

    internal LicenseServer License { get; private set; } = null!;

    internal ReadLicenses Licenses => License.Server.Services.GetRequiredService<ReadLicenses>();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        License = await LicenseServer.StartAsync(services => services.AddSingleton<IRequestStep>(behind));
        doors = ReadOnlyTable.Doors(License.Server);
        begin = License.Server.Clock.GetUtcNow();
    }

    /// <summary>No licence, nobody but the administrator, nothing counted, on the first day.</summary>
    public async ValueTask BeginAsync()
    {
        License.Server.Clock.Advance(begin - License.Server.Clock.GetUtcNow());
        await License.Server.Database.ExecuteAsync("DELETE FROM license; DELETE FROM license_seen; DELETE FROM license_usage; DELETE FROM \"user\" WHERE username = 'second'");
        level = null;
    }

    /// <summary>
    /// Doors that let through or refuse what they should not. All are asked whenever a level follows on another for the first time in all cases, and two each day.
    /// </summary>
    internal async Task<IReadOnlyCollection<string>> WrongDoorsAsync(EnforcementLevel now, int day)
    {
        var isNew = now != level && passed.Add((level, now));
        level = now;
        var wrong = new ConcurrentBag<string>();
        behind.Shut = true;
        await Parallel.ForEachAsync(isNew ? doors : doors.Skip(2 * day).Take(2), Cancellation, async (door, cancellation) =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(door.Method), door.Address);
            using var answer = await License.Admin.SendAsync(request, cancellation);
            if (answer.StatusCode != (now is EnforcementLevel.ReadOnly && !ReadOnlyTable.StaysOpen(door.Method, door.Address) ? HttpStatusCode.BadRequest : HttpStatusCode.NoContent))
                wrong.Add($"{door.Method} {door.Address}: {(int)answer.StatusCode}");
        });
        behind.Shut = false;
        return wrong;
    }

    public ValueTask DisposeAsync() => License.DisposeAsync();
}
