using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Kernel;
using Postern.OAuth2.Records;
using Postern.Pages;
using Postern.Stages.Consent;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>What applications may do and learn: consents, and the tokens that applications hold; both can be taken back.</summary>
static class ConsentPages
{
    const string List = $"{AccountPages.Root}consents/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("consents/", ShowAsync);
        pages.MapGet("consents/{pk}/withdraw/", AskAsync);
        pages.MapPost("consents/{pk}/withdraw/", WithdrawAsync);
        pages.MapPost("consents/connections/{provider:int}/end/", DisconnectAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Connections connections, Snapshot<ApplicationPicture> applications, TimeProvider clock, ShellFactory shells)
    {
        var (user, now) = (http.Caller().UserPk, clock.GetUtcNow());
        var picture = await applications.GetAsync(http.RequestAborted);
        var consents = await db.Set<UserConsent>().AsNoTracking().Where(c => c.UserPk == user && (c.Expires == null || c.Expires > now)).OrderBy(c => c.Pk).ToListAsync(http.RequestAborted);
        var connected = await connections.FindAsync(user!.Value, http.RequestAborted);
        return new PageResult<ConsentsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Connections = connected.Select(c => new ConnectionRow(
                c.ProviderId, picture.OfProvider(c.ProviderId)?.Name ?? picture.Provider(c.ProviderId)?.Name ?? "A former application", string.Join(", ", c.Scopes), c.Since, c.Until)).ToList(),
            Consents = consents.Select(c => new ConsentRow(c.Pk, picture.Find(c.ApplicationPk)?.Name ?? "A former application", c.Permissions.Replace(" ", ", ", StringComparison.Ordinal), c.Expires)).ToList(),
        });
    }

    static async Task<IResult> DisconnectAsync(int provider, HttpContext http, Connections connections, ShellFactory shells)
    {
        if (!await connections.EndAsync(http.Caller().UserPk!.Value, provider, http.RequestAborted))
            return await AccountPages.RefusedAsync(http, new Fault.NotFound("Application"));
        await shells.TellAsync(http, "success", "The application was disconnected.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> AskAsync(string pk, HttpContext http, ObjectQuery objects, ShellFactory shells)
    {
        if ((await objects.FindAsync(UserConsentKind.Kind, AccountPages.Owner(http), pk, tracked: false, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        return new PageResult<ConfirmPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Title = "Withdraw this consent?",
            Verb = "Withdraw",
            Back = List,
            Action = http.Request.Path.ToString(),
            Consequence = "The application asks again when you sign in to it.",
        });
    }

    static async Task<IResult> WithdrawAsync(string pk, HttpContext http, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        if (!(await objects.FindAsync(UserConsentKind.Kind, AccountPages.Owner(http), pk, tracked: true, http.RequestAborted)).Succeeded(out var consent, out var missing))
            return await AccountPages.RefusedAsync(http, missing);
        if ((await delete.ExecuteAsync(UserConsentKind.Kind, AccountPages.Owner(http), consent, http.RequestAborted)).Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        await shells.TellAsync(http, "success", "The consent was withdrawn.");
        return ConsolePages.See(http, List);
    }
}
