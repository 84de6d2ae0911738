using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Mapping;
using Postern.Storage.Objects;

namespace Postern.Events.Figures;

/// <summary>Figures over those events that a list of them would show: the same filters, search and rights.</summary>
public sealed class CountEvents(ObjectQuery objects, TimeProvider clock)
{
    /// <summary>Hours of one bar of the charts.</summary>
    public const int BarHours = 6;

    const int MostDays = 90, LongestStats = 60;

    /// <summary>How many events of each action there were in each quarter of a day. Faults: forbidden, invalid.</summary>
    public async Task<Result<IReadOnlyList<EventVolume>>> VolumeAsync(Caller caller, ListRequest request, int days, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(EventKind.Kind, caller, request, cancellation)).Succeeded(out var events, out var fault))
            return fault;
        var start = clock.GetUtcNow().AddDays(-Math.Clamp(days, 1, MostDays));
        var counted = await events.AsNoTracking().Where(e => e.Created >= start)
            .GroupBy(e => new { e.Action, Day = e.Created.Date, Part = e.Created.Hour / BarHours })
            .Select(g => new { g.Key.Action, g.Key.Day, g.Key.Part, Count = g.Count() })
            .ToListAsync(cancellation);
        return Result<IReadOnlyList<EventVolume>>.Of([.. counted
            .Select(c => new EventVolume(c.Action, new DateTimeOffset(DateTime.SpecifyKind(c.Day, DateTimeKind.Utc)).AddHours(c.Part * BarHours), c.Count))
            .OrderBy(v => v.Time).ThenBy(v => v.Action, StringComparer.Ordinal)]);
    }

    /// <summary>How many people the events are of, and how many events there were in each span up to now. Faults: forbidden, invalid.</summary>
    public async Task<Result<EventStats>> StatsAsync(Caller caller, ListRequest request, IReadOnlyList<TimeSpan> spans, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(EventKind.Kind, caller, request, cancellation)).Succeeded(out var events, out var fault))
            return fault;
        var now = clock.GetUtcNow();
        var longest = now.AddDays(-LongestStats);
        var recent = events.AsNoTracking().Where(e => e.Created >= longest);
        var people = await recent.Select(e => JsonPath.Text(e.User, "pk")).Where(p => p != null).Distinct().CountAsync(cancellation);
        var counts = new List<int>();
        foreach (var span in spans)
        {
            var from = span > now - longest ? longest : now - span;
            counts.Add(await recent.CountAsync(e => e.Created >= from, cancellation));
        }
        return new EventStats(people, counts);
    }

    /// <summary>The applications that were used most, and by how many people. Faults: forbidden, invalid.</summary>
    public async Task<Result<IReadOnlyList<UsedApplication>>> TopAsync(Caller caller, ListRequest request, string action, int most, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(EventKind.Kind, caller, request, cancellation)).Succeeded(out var events, out var fault))
            return fault;
        var used = await events.AsNoTracking().Where(e => e.Action == action && JsonPath.Text(e.Context, "authorized_application", "pk") != null)
            .Select(e => new
            {
                App = JsonPath.Text(e.Context, "authorized_application", "app"),
                Model = JsonPath.Text(e.Context, "authorized_application", "model_name"),
                Pk = JsonPath.Text(e.Context, "authorized_application", "pk"),
                Name = JsonPath.Text(e.Context, "authorized_application", "name"),
                Person = JsonPath.Text(e.User, "pk"),
            })
            .GroupBy(u => new { u.App, u.Model, u.Pk, u.Name })
            .Select(g => new { g.Key.App, g.Key.Model, g.Key.Pk, g.Key.Name, Count = g.Count(), People = g.Select(u => u.Person).Distinct().Count() })
            .OrderByDescending(u => u.Count).Take(Math.Clamp(most, 1, 100)).ToListAsync(cancellation);
        return Result<IReadOnlyList<UsedApplication>>.Of([.. used.Select(u => new UsedApplication(u.App ?? "", u.Model ?? "", u.Pk!, u.Name ?? "", u.Count, u.People))]);
    }
}

/// <summary>Events of one action in one quarter of a day.</summary>
public sealed record EventVolume(string Action, DateTimeOffset Time, int Count);

/// <summary>People behind events, and counts in the order of the spans asked for.</summary>
public sealed record EventStats(int UniqueUsers, IReadOnlyList<int> Counts);

/// <summary>How often an application was used, and by how many people.</summary>
public sealed record UsedApplication(string App, string Model, string Pk, string Name, int Count, int People);
