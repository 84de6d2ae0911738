using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Impersonation;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Pages;
using Postern.Pages.Forms;
using Postern.Stages.Email;
using Postern.Stages.Lockdown;
using Postern.Stages.Recovery;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Users;

/// <summary>Letting a user back in by a link, locking one out, and acting as a user.</summary>
sealed class UserAccessPages(ObjectQuery objects, IImpersonationSettings impersonation, ShellFactory shells)
{
    const string Users = "/if/admin/directory/users/";

    /// <summary>Where the banner's link leads.</summary>
    public const string StopUrl = "/if/user/stop-impersonation/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var action in new[] { "recovery", "recovery-email", "impersonate" })
            pages.MapGet($"directory/users/{{lookup}}/{action}/", (HttpContext http, string lookup, UserAccessPages self) => self.AskAsync(http, lookup, action, new FieldErrors(), link: null));
        pages.MapPost("directory/users/{lookup}/recovery/", LinkAsync);
        pages.MapPost("directory/users/{lookup}/recovery-email/", MailAsync);
        pages.MapPost("directory/users/{lookup}/impersonate/", ImpersonateAsync);
        pages.MapPost("directory/users/{lookup}/lockdown/", LockAsync);
    }

    /// <summary>The way back stands outside of the console, which the impersonated user may not open.</summary>
    public static void MapStop(IEndpointRouteBuilder routes) => routes.MapGet(StopUrl, async (HttpContext http, EndImpersonation end) =>
    {
        var was = await end.ExecuteAsync(http, http.RequestAborted);
        return new SeeOther(was?.UserPk is { } user ? $"{Users}{user}/" : "/");
    });

    async Task<IResult> AskAsync(HttpContext http, string lookup, string action, FieldErrors errors, string? link)
    {
        var found = await objects.FindAsync(UserKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var stages = await objects.ListAsync(EmailStage.Kind, http.Caller(), new ListRequest { PageSize = 100 }, http.RequestAborted);
        return new PageResult<UserAccessPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                User = (Directory.Users.User)found.Value,
                Action = action,
                Errors = errors,
                Link = link,
                Duration = form?["token_duration"].ToString() ?? "days=1",
                Reason = form?["reason"].ToString(),
                NeedsReason = (await impersonation.GetAsync(http.RequestAborted)).NeedsReason,
                Stages = (IReadOnlyList<Option>)(stages.Fault is not null ? [] : [.. stages.Value.Items.Cast<EmailStage>().Select(s => new Option(s.Pk.ToString(), s.Name))]),
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static async Task<IResult> LinkAsync(HttpContext http, string lookup, CreateRecoveryLink create, UserAccessPages self)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var made = await create.ExecuteAsync(http, lookup, Given(form["token_duration"]), http.RequestAborted);
        return made.Fault is { } fault ? await self.RefusedAsync(http, lookup, "recovery", fault) : await self.AskAsync(http, lookup, "recovery", new FieldErrors(), made.Value.Reveal);
    }

    static async Task<IResult> MailAsync(HttpContext http, string lookup, MailRecoveryLink mail, UserAccessPages self, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = Guid.TryParse(form["email_stage"], out var stage)
            ? await mail.ExecuteAsync(http, lookup, stage, Given(form["token_duration"]), http.RequestAborted)
            : Fault.Field("email_stage", "This field is required.");
        if (outcome.Fault is { } fault)
            return await self.RefusedAsync(http, lookup, "recovery-email", fault);
        await shells.TellAsync(http, "success", "Successfully queued email.");
        return ConsolePages.See(http, $"{Users}{Uri.EscapeDataString(lookup)}/");
    }

    static async Task<IResult> ImpersonateAsync(HttpContext http, string lookup, StartImpersonation start, UserAccessPages self)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await start.ExecuteAsync(http, lookup, form["reason"].ToString(), http.RequestAborted);
        return outcome.Fault is { } fault ? await self.RefusedAsync(http, lookup, "impersonate", fault) : ConsolePages.See(http, "/");
    }

    /// <summary>To the brand's lockdown flow for this account, which asks why before it does anything.</summary>
    static async Task<IResult> LockAsync(HttpContext http, string lookup, CreateLockdownLink create)
    {
        var made = await create.ExecuteAsync(http, lookup, http.RequestAborted);
        return made.Fault is { } fault ? await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault)) : ConsolePages.See(http, made.Value);
    }

    async Task<IResult> RefusedAsync(HttpContext http, string lookup, string action, Fault fault) =>
        fault is Fault.Invalid invalid
            ? await AskAsync(http, lookup, action, invalid.Errors, link: null)
            : await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
