using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Notifications;
using Postern.Pages;
using Postern.Storage;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>The drawer behind the bell: what one was told, newest first.</summary>
static class NotificationPages
{
    public const string Path = "/if/notifications/";

    const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Path).AddEndpointFilter(AccountPages.GuardAsync);
        pages.MapGet("", ShowAsync);
        pages.MapPost("", SeeAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, ShellFactory shells)
    {
        var user = http.Caller().UserPk!.Value;
        var told = await db.Set<Notification>().AsNoTracking().Where(n => n.UserPk == user).OrderBy(n => n.Seen).ThenByDescending(n => n.Created).Take(Most).ToListAsync(http.RequestAborted);
        return new PageResult<NotificationsPage>(new { Page = await shells.ForAsync(http, withMenu: false), Told = told, Next = LocalPath.OrHome(http.Request.Query["next"]) });
    }

    /// <summary>Marks one as seen and stays in the drawer, or all of them and leaves it.</summary>
    static async Task<IResult> SeeAsync(HttpContext http, MarkSeen mark)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var next = LocalPath.OrHome(form["next"]);
        var all = form["notification"].Count == 0;
        if (!all && !Guid.TryParse(form["notification"], out _))
            return await AccountPages.RefusedAsync(http, new Kernel.Fault.NotFound("Notification"));
        var marked = await mark.ExecuteAsync(http.Caller(), all ? null : Guid.Parse(form["notification"]!), http.RequestAborted);
        if (marked.Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        return Admin.ConsolePages.See(http, all ? next : $"{Path}?next={Uri.EscapeDataString(next)}");
    }
}
