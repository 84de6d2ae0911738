using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// What an invitation says could be rewritten in its link, which nobody verified (Keycloak). Ours is a name for what the database holds. Guards Invitations/InvitationStage, and that
/// Stages/Prompts takes no field that was not asked for.
/// </summary>
public sealed class CVE_2026_1529_invitation_altered(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Nothing_in_the_link_or_the_form_changes_what_it_says()
    {
        const string slug = "altered-flow";
        var flow = await EnrolmentSteps.ImportAsync(Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "altered-flow-invitation" });
        var invitation = await EnrolmentSteps.InviteAsync(Admin, flow, new JsonObject { ["attributes.clearance"] = "none" });
        using var browser = Server.Browser();
        foreach (var altered in new[] { Guid.NewGuid().ToString(), invitation[..^1] + (invitation[^1] == '0' ? '1' : '0'), $"{invitation}0", "' OR '1'='1", "../" })
            (await EnrolmentSteps.GetAsync(browser, altered, slug)).Component().ShouldBe("ak-stage-access-denied", altered);

        using var invited = Server.Browser();
        var link = $"{invitation}&attributes.clearance=top&fixed_data=%7B%7D";
        await EnrolmentSteps.GetAsync(invited, link, slug);
        await EnrolmentSteps.AnswerAsync(invited, link, EnrolmentSteps.Credentials("altered"), slug);
        await EnrolmentSteps.AnswerAsync(invited, link, new JsonObject { ["name"] = "Altered", ["email"] = "altered@example.org", ["attributes.clearance"] = "top", ["attributes"] = new JsonObject { ["clearance"] = "top" } }, slug);
        (await Server.Database.ScalarAsync<string>("SELECT attributes ->> 'clearance' FROM \"user\" WHERE username = 'altered'")).ShouldBe("none");
    }
}
