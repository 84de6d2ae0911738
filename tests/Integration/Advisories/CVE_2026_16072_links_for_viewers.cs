using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Delegated administrators read the links of invitations over the API and used them up (Keycloak). Here, as in the reference, the key of an invitation is its link, so that everything about it needs
/// a right of its own; the event log, which names objects by their keys, needs one too. Guards the rights on the kind of invitations, and what Invitations/Mailing keeps of a mail: nothing that the outbox shows.
/// </summary>
public sealed class CVE_2026_16072_links_for_viewers(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Who_manages_users_and_mails_sees_no_invitation()
    {
        var flow = await EnrolmentSteps.ImportAsync(Admin, new JsonObject { ["flow_slug"] = "viewed-flow", ["stage_name"] = "viewed-flow-invitation" });
        var invitation = await EnrolmentSteps.InviteAsync(Admin, flow, []);
        (await Admin.PostApiAsync($"stages/invitation/invitations/{invitation}/send_email/", """{"email_addresses": ["invited@example.org"]}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        using var manager = await Server.WithRightsAsync(
            "authentik_core.view_user", "authentik_core.add_user", "authentik_core.change_user", "authentik_core.view_group", "authentik_flows.view_flow", "authentik_mail.view_mail");
        foreach (var door in new[] { "stages/invitation/invitations/", $"stages/invitation/invitations/{invitation}/", $"stages/invitation/invitations/{invitation}/history/", "mail/outbox/", "core/users/" })
        {
            var answer = await manager.GetApiAsync(door);
            answer.Text.ShouldNotContain(invitation, Case.Insensitive, door);
        }
    }
}
