using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;

namespace Postern.Tests.Integration.Advisories;

/// <summary>An expired invitation was good until a job deleted it. Guards the comparison with the clock in Invitations/Invitation; no job runs here.</summary>
[Trait("Fault", "F5")]
public sealed class CVE_2025_64708_expired_invitation(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Opens_nothing_from_its_time_on()
    {
        const string slug = "expiring-flow";
        var flow = await EnrolmentSteps.ImportAsync(Admin, new JsonObject { ["flow_slug"] = slug, ["stage_name"] = "expiring-flow-invitation" });
        var invitation = await EnrolmentSteps.InviteAsync(Admin, flow, []);
        using var early = Server.Browser();
        (await EnrolmentSteps.GetAsync(early, invitation, slug)).Component().ShouldBe("ak-stage-prompt");

        Server.Clock.Advance(TimeSpan.FromMinutes(31));

        using var late = Server.Browser();
        (await EnrolmentSteps.GetAsync(late, invitation, slug)).Component().ShouldBe("ak-stage-access-denied");
        (await EnrolmentSteps.EnrolAsync(early, invitation, "too-late", slug)).Component().ShouldBe("ak-stage-access-denied");
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'too-late'")).ShouldBe(0);
    }
}
