using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Stages.Consent;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>One's own consents: seen and withdrawn.</summary>
static class ConsentPages
{
    const string List = $"{AccountPages.Root}consents/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("consents/", ShowAsync);
        pages.MapGet("consents/{pk}/withdraw/", AskAsync);
        pages.MapPost("consents/{pk}/withdraw/", WithdrawAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Snapshot<ApplicationPicture> applications, TimeProvider clock, ShellFactory shells)
    {
        var (user, now) = (http.Caller().UserPk, clock.GetUtcNow());
        var picture = await applications.GetAsync(http.RequestAborted);
        var consents = await db.Set<UserConsent>().AsNoTracking().Where(c => c.UserPk == user && (c.Expires == null || c.Expires > now)).OrderBy(c => c.Pk).ToListAsync(http.RequestAborted);
        return new PageResult<ConsentsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Consents = consents.Select(c => new ConsentRow(c.Pk, picture.Find(c.ApplicationPk)?.Name ?? "A former application", c.Permissions.Replace(" ", ", ", StringComparison.Ordinal), c.Expires)).ToList(),
        });
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
