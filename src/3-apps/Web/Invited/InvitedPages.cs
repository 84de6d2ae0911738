using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Invitations;
using Postern.Invitations.Accepting;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.Invited;

/// <summary>Pages of people who are invited: typing a code, what an invitation says, accepting it with an account one has, waiting; and of those who let others in.</summary>
sealed class InvitedPages(PosternDb db, DescribeInvitation describe, AcceptInvitation accept, EnterCode enter, Approvals approvals, ShellFactory shells)
{
    const string Root = "/if/invitation/";
    const string Gone = "This invitation cannot be used. It may have expired or been used already; ask whoever invited you for a new one.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (HttpContext http, InvitedPages self) => self.AskCodeAsync(http, new FieldErrors(), StatusCodes.Status200OK));
        routes.MapPost(Root, (HttpContext http, InvitedPages self) => self.EnterCodeAsync(http));
        routes.MapGet($"{Root}waiting/", (HttpContext http, InvitedPages self) => self.WaitingAsync(http));
        routes.MapGet($"{Root}approvals/", (HttpContext http, InvitedPages self) => self.ApprovalsAsync(http));
        routes.MapPost($"{Root}approvals/", (HttpContext http, InvitedPages self) => self.DecideAsync(http));
        routes.MapGet($"{Root}{{pk:guid}}/", (HttpContext http, Guid pk, InvitedPages self, Snapshot<FlowPicture> flows, TimeProvider clock) => self.ShowAsync(http, pk, flows, clock));
        routes.MapPost($"{Root}{{pk:guid}}/", (HttpContext http, Guid pk, InvitedPages self) => self.AcceptAsync(http, pk));
    }

    async Task<IResult> AskCodeAsync(HttpContext http, FieldErrors errors, int status) =>
        new PageResult<CodePage>(new { Shell = await shells.ForAsync(http, withMenu: false), Errors = errors }, status) { Policy = ContentPolicy.Flow };

    async Task<IResult> EnterCodeAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var code = (await http.Request.ReadFormAsync(http.RequestAborted))["code"].ToString();
        var found = await enter.ExecuteAsync(http, code, http.RequestAborted);
        return found.Fault switch
        {
            null => ConsolePages.See(http, $"{Root}{found.Value.Pk}/"),
            Fault.Throttled throttled => await AskCodeAsync(http, FieldErrors.Of("code", throttled.Message), StatusCodes.Status429TooManyRequests),
            _ => await AskCodeAsync(http, FieldErrors.Of("code", "No invitation has this code. Look at it once more; it may also have expired or been used."), StatusCodes.Status422UnprocessableEntity),
        };
    }

    async Task<IResult> ShowAsync(HttpContext http, Guid pk, Snapshot<FlowPicture> flows, TimeProvider clock)
    {
        var invitation = await db.Set<Invitation>().AsNoTracking().FirstOrDefaultAsync(i => i.Pk == pk, http.RequestAborted);
        var flow = invitation?.FlowPk is { } key ? (await flows.GetAsync(http.RequestAborted)).Find(key) : null;
        if (invitation is null || invitation.WhyNot(flow?.Pk ?? Guid.Empty, clock.GetUtcNow()) is not null || (flow is null && !invitation.AcceptExisting))
            return await NoticeAsync(http, "Invitation", Gone, isError: true, StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "no-store";
        return new PageResult<InvitedPage>(new
        {
            Shell = await shells.ForAsync(http, withMenu: false),
            Description = await describe.ExecuteAsync(invitation, http, http.RequestAborted),
            EnrolUrl = flow is null ? null : $"/if/flow/{flow.Slug}/?itoken={invitation.Pk}",
            SignedInAs = http.Caller() is { IsAuthenticated: true, Username: var username } ? username : null,
        })
        { Policy = ContentPolicy.Flow };
    }

    async Task<IResult> AcceptAsync(HttpContext http, Guid pk)
    {
        if (!http.Caller().IsAuthenticated)
            return SignIn(http);
        if (await ForeignAsync(http))
            return ConsolePages.See(http, http.Request.Path);
        var outcome = await accept.ExecuteAsync(http, pk, http.RequestAborted);
        return outcome.Fault is { } fault
            ? await NoticeAsync(http, "Invitation", fault is Fault.Invalid { Errors: var errors } ? string.Join(' ', errors[FieldErrors.NonField]) : Gone, isError: true, StatusCodes.Status422UnprocessableEntity)
            : await NoticeAsync(http, "Accepted", "You have what the invitation gives.", isError: false, StatusCodes.Status200OK);
    }

    Task<IResult> WaitingAsync(HttpContext http) =>
        NoticeAsync(http, "Almost there", "Your account was made. Somebody has to let you in first; you will get a mail then.", isError: false, StatusCodes.Status200OK);

    async Task<IResult> ApprovalsAsync(HttpContext http)
    {
        var waiting = await approvals.WaitingAsync(http.Caller(), http.RequestAborted);
        return waiting.Fault is not null ? SignIn(http) : new PageResult<ApprovalsPage>(new { Shell = await shells.ForAsync(http, withMenu: false), Waiting = waiting.Value }) { Policy = ContentPolicy.Flow };
    }

    async Task<IResult> DecideAsync(HttpContext http)
    {
        if (!http.Caller().IsAuthenticated)
            return SignIn(http);
        if (await ForeignAsync(http))
            return ConsolePages.See(http, http.Request.Path);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        _ = int.TryParse(form["user"], NumberStyles.None, CultureInfo.InvariantCulture, out var user);
        var decided = await approvals.DecideAsync(http, user, form["approve"] == "true", http.RequestAborted);
        await shells.TellAsync(http, decided.Fault is null ? "success" : "error", decided.Fault?.Message ?? (form["approve"] == "true" ? "Let in." : "Left out."));
        return ConsolePages.See(http, http.Request.Path);
    }

    /// <summary>The form did not come from our own page.</summary>
    static async ValueTask<bool> ForeignAsync(HttpContext http) =>
        !http.Request.HasFormContentType || !CsrfCheck.Fits(http, (await http.Request.ReadFormAsync(http.RequestAborted))[ShellFactory.TokenField].ToString());

    static IResult SignIn(HttpContext http) => Results.Redirect($"/flows/-/default/authentication/?next={Uri.EscapeDataString(http.Request.Path)}");

    async Task<IResult> NoticeAsync(HttpContext http, string title, string text, bool isError, int status) =>
        new PageResult<InvitedNotice>(new { Shell = await shells.ForAsync(http, withMenu: false), Title = title, Text = text, IsError = isError }, status) { Policy = ContentPolicy.Flow };
}
