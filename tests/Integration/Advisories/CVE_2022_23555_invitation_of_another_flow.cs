using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;

namespace Postern.Tests.Integration.Advisories;

/// <summary>An invitation opened every enrolment flow, those of administrators too. Guards the comparison of flows in Invitations/Invitation.</summary>
public sealed class CVE_2022_23555_invitation_of_another_flow(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Opens_its_own_alone()
    {
        var own = await EnrolmentSteps.ImportAsync(Admin, new JsonObject { ["flow_slug"] = "own-flow", ["stage_name"] = "own-flow-invitation" });
        await EnrolmentSteps.ImportAsync(Admin, new JsonObject { ["flow_slug"] = "other-flow", ["stage_name"] = "other-flow-invitation" });
        var invitation = await EnrolmentSteps.InviteAsync(Admin, own, []);
        using var browser = Server.Browser();

        (await EnrolmentSteps.GetAsync(browser, invitation, "other-flow"))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        // Carried over from the flow it is for.
        (await EnrolmentSteps.GetAsync(browser, invitation, "own-flow")).Component().ShouldBe("ak-stage-prompt");
        (await EnrolmentSteps.AnswerAsync(browser, invitation, EnrolmentSteps.Credentials("smuggled"), "other-flow")).Component().ShouldBe("ak-stage-access-denied");
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'smuggled'")).ShouldBe(0);
    }
}
