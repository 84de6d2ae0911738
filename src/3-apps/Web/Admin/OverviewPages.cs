using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Invitations;
using Postern.Storage;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The first page of the console: how many of what, and what happened last.</summary>
static class OverviewPages
{
    public static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, ShellFactory shells, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<OverviewCount> counts =
        [
            new("Users", await UserKind.Kind.In(db).CountAsync(http.RequestAborted), "/if/admin/directory/users/"),
            new("Groups", await db.Set<Group>().CountAsync(http.RequestAborted), "/if/admin/directory/groups/"),
            new("Open invitations", await db.Set<Invitation>().CountAsync(i => i.Expires == null || i.Expires > now, http.RequestAborted), "/if/admin/directory/invitations/"),
        ];
        var events = await db.Set<Event>().AsNoTracking().OrderByDescending(e => e.Created).Take(12).ToListAsync(http.RequestAborted);
        return new PageResult<OverviewPage>(new { Page = await shells.ForAsync(http, withMenu: true), Counts = counts, Events = events });
    }
}

/// <summary>A number on the overview.</summary>
public sealed record OverviewCount(string Name, int Count, string Url);
