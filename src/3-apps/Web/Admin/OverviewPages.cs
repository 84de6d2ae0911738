using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Figures;
using Postern.Jobs.Looking;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The first page of the console: what happened in the last week, how many of what, how the installation is doing.</summary>
static class OverviewPages
{
    const int Recent = 10;

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
            Week = last is null ? null : await WeekOfEvents.OfAsync(events, caller, person: null, clock.GetUtcNow(), http.RequestAborted),
            Events = last,
            Jobs = caller.IsSuperuser ? await jobs.ExecuteAsync(http.RequestAborted) : null,
        });
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
