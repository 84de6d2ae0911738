using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications.Icons;
using Postern.Pages;
using Postern.Sources;
using Postern.Sources.Connections;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>Accounts elsewhere that open one's own: connected and ended.</summary>
static class ConnectedAccountPages
{
    const string List = $"{AccountPages.Root}sources/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("sources/", ShowAsync);
        pages.MapGet("sources/{pk}/disconnect/", AskAsync);
        pages.MapPost("sources/{pk}/disconnect/", DisconnectAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Snapshot<SourcePicture> sources, ShellFactory shells)
    {
        var user = http.Caller().UserPk;
        var picture = await sources.GetAsync(http.RequestAborted);
        var accounts = await db.Set<UserSourceConnection>().AsNoTracking().Where(c => c.UserPk == user).OrderBy(c => c.Pk).ToListAsync(http.RequestAborted);
        return new PageResult<ConnectedAccountsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Accounts = accounts.Select(c => new AccountRow(c.Pk, picture.Find(c.SourcePk)?.Name ?? "A former source", c.Identifier, c.Created)).ToList(),
            Sources = picture.Enabled.Where(s => s.LoginPath is not null).Select(s => new SourceRow(s.Name, Icon.UrlOf(s.Icon), $"{s.LoginPath}?next={Uri.EscapeDataString(List)}")).ToList(),
        });
    }

    static async Task<IResult> AskAsync(string pk, HttpContext http, ObjectQuery objects, ShellFactory shells)
    {
        if ((await objects.FindAsync(ConnectionKinds.All, AccountPages.Owner(http), pk, tracked: false, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        return new PageResult<ConfirmPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Title = "Disconnect this account?",
            Verb = "Disconnect",
            Back = List,
            Action = http.Request.Path.ToString(),
            Consequence = "It no longer signs you in here. Make sure that you have another way.",
        });
    }

    static async Task<IResult> DisconnectAsync(string pk, HttpContext http, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        if (!(await objects.FindAsync(ConnectionKinds.All, AccountPages.Owner(http), pk, tracked: true, http.RequestAborted)).Succeeded(out var connection, out var missing))
            return await AccountPages.RefusedAsync(http, missing);
        if ((await delete.ExecuteAsync(ConnectionKinds.All, AccountPages.Owner(http), connection, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        await shells.TellAsync(http, "success", "The account was disconnected.");
        return ConsolePages.See(http, List);
    }
}
