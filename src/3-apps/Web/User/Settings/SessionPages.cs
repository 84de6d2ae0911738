using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Places;
using Postern.Directory.Sessions;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>One's own sessions: where one is signed in, and ending it.</summary>
static class SessionPages
{
    const string List = $"{AccountPages.Root}sessions/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("sessions/", ShowAsync);
        pages.MapPost("sessions/end-others/", EndOthersAsync);
        pages.MapPost("sessions/{uuid:guid}/end/", EndAsync);
        pages.MapPost("sessions/known/{uuid:guid}/forget/", ForgetAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, BrowserSession browser, PlaceLookup places, TimeProvider clock, ShellFactory shells)
    {
        var (user, now) = (http.Caller().UserPk, clock.GetUtcNow());
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.UserPk == user && s.Expires > now).OrderByDescending(s => s.LastUsed).Take(100).ToListAsync(http.RequestAborted);
        var devices = await db.Set<KnownDevice>().AsNoTracking().Where(d => d.UserPk == user && d.Expires > now).OrderByDescending(d => d.LastSeen).Take(100).ToListAsync(http.RequestAborted);
        return new PageResult<SessionsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Sessions = sessions.Select(s => SessionRow.Of(s, places, browser.Uuid)).ToList(),
            Devices = devices,
        });
    }

    static async Task<IResult> EndAsync(Guid uuid, HttpContext http, EndSessions end, ShellFactory shells)
    {
        if (!await end.OneAsync(http.Caller().UserPk!.Value, uuid, http.RequestAborted))
            return await AccountPages.RefusedAsync(http, new Fault.NotFound("Session"));
        await shells.TellAsync(http, "success", "The session was ended.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> ForgetAsync(Guid uuid, HttpContext http, KnownDevices devices, ShellFactory shells)
    {
        if (!await devices.ForgetAsync(http.Caller().UserPk!.Value, uuid, http.RequestAborted))
            return await AccountPages.RefusedAsync(http, new Fault.NotFound("Device"));
        await shells.TellAsync(http, "success", "The browser is unknown from now on.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> EndOthersAsync(HttpContext http, EndSessions end, BrowserSession browser, ShellFactory shells)
    {
        await end.OfUsersAsync([http.Caller().UserPk!.Value], browser.Uuid, http.RequestAborted);
        await shells.TellAsync(http, "success", "You are signed out everywhere else.");
        return ConsolePages.See(http, List);
    }
}
