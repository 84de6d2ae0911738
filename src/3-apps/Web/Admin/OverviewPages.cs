using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Figures;
using Postern.Jobs.Looking;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Pages;
using Postern.Pages.Blocks;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The first page of the console: what happened in the last week, how many of what, how the installation is doing.</summary>
static class OverviewPages
{
    const int Days = 7, BarsADay = 24 / CountEvents.BarHours, Recent = 10;

    static readonly EventAction[] charted = [EventAction.Login, EventAction.LoginFailed, EventAction.AuthorizeApplication];

    public static async Task<IResult> ShowAsync(
        HttpContext http, OverviewFacts facts, CountEvents events, CountJobs jobs, ObjectQuery objects, IAccess access, ShellFactory shells, TimeProvider clock)
    {
        var caller = http.Caller();
        var seesUsers = await access.RefuseAsync(caller, UserKind.Kind.View, key: null, http.RequestAborted) is null;
        var last = await NewestAsync(objects, caller, Recent, http.RequestAborted);
        return new PageResult<OverviewPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Figures = seesUsers ? await facts.ReadAsync(http.RequestAborted) : null,
            Bars = last is null ? null : await BarsAsync(events, caller, clock.GetUtcNow(), http.RequestAborted),
            Days = (IReadOnlyList<string>)[.. Enumerable.Range(1 - Days, Days).Select(d => clock.GetUtcNow().UtcDateTime.AddDays(d).ToString("ddd d", CultureInfo.InvariantCulture))],
            Events = last,
            Jobs = caller.IsSuperuser ? await jobs.ExecuteAsync(http.RequestAborted) : null,
        });
    }

    /// <summary>Sign-ins of this day and the six before it in quarters; empty quarters too.</summary>
    static async Task<IReadOnlyList<ChartBar>?> BarsAsync(CountEvents events, Caller caller, DateTimeOffset now, CancellationToken cancellation)
    {
        var request = new ListRequest { Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["actions"] = [.. charted.Select(WireEnum<EventAction>.Name)] } };
        if (!(await events.VolumeAsync(caller, request, Days, cancellation)).Succeeded(out var counted, out _))
            return null;
        var volume = counted.ToDictionary(v => (v.Time, v.Action), v => v.Count);
        var start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1 - Days), TimeSpan.Zero);
        return [.. Enumerable.Range(0, Days * BarsADay).Select(i => start.AddHours(i * CountEvents.BarHours)).Select(at => new ChartBar(
            at.ToString("ddd d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture), [.. charted.Select(a => volume.GetValueOrDefault((at, WireEnum<EventAction>.Name(a))))]))];
    }

    /// <summary>The newest events; null for those who may not see events.</summary>
    static async Task<IReadOnlyList<Event>?> NewestAsync(ObjectQuery objects, Caller caller, int most, CancellationToken cancellation)
    {
        // Not as a page of the list, which would count all of them.
        if (!(await objects.MatchingAsync(EventKind.Kind, caller, new ListRequest(), cancellation)).Succeeded(out var all, out _))
            return null;
        return await all.AsNoTracking().OrderByDescending(e => e.Created).Take(most).ToListAsync(cancellation);
    }
}
