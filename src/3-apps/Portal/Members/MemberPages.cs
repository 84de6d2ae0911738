using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Portal.Organizations;

namespace Postern.Portal.Members;

/// <summary>Members and invitations of an organization.</summary>
static class MemberPages
{
    const string Root = "/organizations/{org:guid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Root}/members", (HttpContext http, ShowOrganization show) => show.PageAsync(http, errors: null)).Needs(Right.Member);
        routes.MapPost($"{Root}/members", InviteAsync).Needs(Right.Owner);
        routes.MapPost(Root + "/members/{subject}/role", (string subject, HttpContext http, ChangeMembership change, Shells shells) =>
            DoneAsync(http, shells, change.SetRoleAsync(http.Seat(), subject, http.Request.Form["role"].ToString(), http.RequestAborted), "The role was changed.")).Needs(Right.Owner);
        routes.MapGet(Root + "/members/{subject}/remove", (string subject, HttpContext http, Shells shells) =>
            AskAsync(http, shells, "Remove this member?", "Remove", "They no longer see this organization, its licenses and their keys.")).Needs(Right.Owner);
        routes.MapPost(Root + "/members/{subject}/remove", (string subject, HttpContext http, ChangeMembership change, Shells shells) =>
            DoneAsync(http, shells, change.RemoveAsync(http.Seat(), subject, http.RequestAborted), "The member was removed.")).Needs(Right.Owner);
        routes.MapGet($"{Root}/leave", (HttpContext http, Shells shells) =>
            AskAsync(http, shells, "Leave this organization?", "Leave", "You no longer see this organization. An owner can invite you again.")).Needs(Right.Member);
        routes.MapPost($"{Root}/leave", LeaveAsync).Needs(Right.Member);
        routes.MapPost(Root + "/invitations/{id:guid}/resend", (Guid id, HttpContext http, ManageInvitation manage, Shells shells) =>
            DoneAsync(http, shells, manage.ResendAsync(http.Seat(), id, http.RequestAborted), "The invitation has been sent again.")).Needs(Right.Owner);
        routes.MapPost(Root + "/invitations/{id:guid}/revoke", (Guid id, HttpContext http, ManageInvitation manage, Shells shells) =>
            DoneAsync(http, shells, manage.RevokeAsync(http.Seat(), id, http.RequestAborted), "The invitation was revoked.")).Needs(Right.Owner);
        routes.MapGet("/invitations/{token}", ShowAsync).Needs(Right.SignedIn);
        routes.MapPost("/invitations/{token}", AcceptAsync).Needs(Right.SignedIn);
    }

    static async Task<IResult> InviteAsync(HttpContext http, InviteMember invite, ShowOrganization show, Shells shells)
    {
        var form = http.Request.Form;
        var invited = await invite.ExecuteAsync(http.Seat(), form["email"].ToString().Trim(), form["role"].ToString(), http.RequestAborted);
        if (!invited.Succeeded(out var invitation, out var fault))
            return fault is Fault.Invalid invalid ? await show.PageAsync(http, invalid.Errors) : Problem.Of(http, fault);
        await shells.TellAsync(http, $"The invitation has been sent to {invitation.Email}.");
        return new SeeOther(OrganizationPages.Of(http.Seat().OrganizationId));
    }

    static async Task<IResult> LeaveAsync(HttpContext http, ChangeMembership change, Shells shells)
    {
        if ((await change.LeaveAsync(http.Seat(), http.RequestAborted)).Fault is { } fault)
            return await RefusedAsync(http, shells, fault);
        await shells.TellAsync(http, $"You left {http.Seat().Organization.Name}.");
        return new SeeOther(OrganizationPages.Path);
    }

    static async Task<IResult> AskAsync(HttpContext http, Shells shells, string title, string verb, string consequence) => PortalPage.Of<ConfirmPage>(http, new
    {
        Shell = await shells.ForAsync(http),
        Title = title,
        Verb = verb,
        Back = OrganizationPages.Of(http.Seat().OrganizationId),
        Consequences = new[] { consequence },
    });

    static async Task<IResult> DoneAsync<T>(HttpContext http, Shells shells, Task<Result<T>> work, string message)
    {
        if ((await work).Fault is { } fault)
            return await RefusedAsync(http, shells, fault);
        await shells.TellAsync(http, message);
        return new SeeOther(OrganizationPages.Of(http.Seat().OrganizationId));
    }

    /// <summary>What cannot be done is said on the page where it was asked for.</summary>
    static async Task<IResult> RefusedAsync(HttpContext http, Shells shells, Fault fault)
    {
        if (fault is not Fault.Invalid invalid)
            return Problem.Of(http, fault);
        await shells.TellAsync(http, string.Join(' ', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f])), "danger");
        return new SeeOther(OrganizationPages.Of(http.Seat().OrganizationId));
    }

    static async Task<IResult> ShowAsync(string token, HttpContext http, AcceptInvitation accept, Shells shells) =>
        (await accept.FindAsync(token, http.RequestAborted)).Succeeded(out var found, out var fault)
            ? PortalPage.Of<InvitationPage>(http, new { Shell = await shells.ForAsync(http), found.Invitation, found.Organization, Email = http.Visitor().Person.Email })
            : Problem.Of(http, fault);

    static async Task<IResult> AcceptAsync(string token, HttpContext http, AcceptInvitation accept, Shells shells)
    {
        if (!(await accept.ExecuteAsync(http.Visitor(), http.Actor(), token, http.RequestAborted)).Succeeded(out var organization, out var fault))
            return Problem.Of(http, fault);
        await shells.TellAsync(http, $"Welcome to {organization.Name}.");
        return new SeeOther(OrganizationPages.Of(organization.Id));
    }
}
