using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A new password was taken by the recovery flow although its link had never been opened (Keycloak). Guards the order of stages in Flows/Running/ExecuteFlow and Stages/Email/RunEmail.</summary>
public sealed class CVE_2026_18963_recovery_without_link(MfaServer mfa) : AccountAdvisory(mfa)
{
    const string Flow = "default-recovery-flow";

    [Theory]
    [InlineData("")]
    [InlineData("flow_token=")]
    [InlineData("flow_token=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task No_password_is_taken(string query)
    {
        var person = await AddPersonAsync("unlinked");
        using var thief = Visitor();
        await thief.ShowAsync(Flow, query);
        await thief.AnswerAsync(Flow, new JsonObject { ["uid_field"] = person.Username }, query);
        foreach (var answer in new[] { new JsonObject { ["password"] = "evil evil evil", ["password_repeat"] = "evil evil evil" }, new JsonObject { ["token"] = "x" }, [] })
        {
            (await thief.AnswerAsync(Flow, answer.DeepClone().AsObject(), query)).Component().ShouldBeOneOf("ak-stage-email", "ak-stage-access-denied", "ak-stage-identification");
            (await thief.AnswerAsync(Flow, new JsonObject { ["password"] = "evil evil evil", ["password_repeat"] = "evil evil evil" }, query)).Component().ShouldNotBe("xak-flow-redirect");
        }
        (await thief.WhoAsync()).ShouldBeNull();
        using var owner = Visitor();
        (await owner.SignInAsync(person.Username)).Component().ShouldBe("xak-flow-redirect");
    }
}
