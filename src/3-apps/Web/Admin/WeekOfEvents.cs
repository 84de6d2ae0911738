using System.Globalization;
using Postern.Events;
using Postern.Events.Figures;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Pages.Blocks;
using Postern.Storage.Objects;

namespace Postern.Web.Admin;

/// <summary>Sign-ins, failed ones and uses of applications of this day and the six before it, in quarters of days; empty quarters too.</summary>
public sealed record WeekOfEvents(IReadOnlyList<ChartBar> Bars, IReadOnlyList<string> Days)
{
    const int DayCount = 7, BarsADay = 24 / CountEvents.BarHours;

    static readonly EventAction[] charted = [EventAction.Login, EventAction.LoginFailed, EventAction.AuthorizeApplication];

    public bool IsEmpty => Bars.All(b => b.Values.Sum() == 0);

    /// <summary>Those of one person where <paramref name="person"/> is their key; null for callers who may not see events.</summary>
    public static async Task<WeekOfEvents?> OfAsync(CountEvents events, Caller caller, string? person, DateTimeOffset now, CancellationToken cancellation)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["actions"] = [.. charted.Select(WireEnum<EventAction>.Name)] };
        if (person is not null)
            filters["person"] = [person];
        if (!(await events.VolumeAsync(caller, new ListRequest { Filters = filters }, DayCount, cancellation)).Succeeded(out var counted, out _))
            return null;
        var volume = counted.ToDictionary(v => (v.Time, v.Action), v => v.Count);
        var start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1 - DayCount), TimeSpan.Zero);
        return new WeekOfEvents(
            [.. Enumerable.Range(0, DayCount * BarsADay).Select(i => start.AddHours(i * CountEvents.BarHours)).Select(at => new ChartBar(
                at.ToString("ddd d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture), [.. charted.Select(a => volume.GetValueOrDefault((at, WireEnum<EventAction>.Name(a))))]))],
            [.. Enumerable.Range(0, DayCount).Select(d => start.AddDays(d).ToString("ddd d", CultureInfo.InvariantCulture))]);
    }
}
