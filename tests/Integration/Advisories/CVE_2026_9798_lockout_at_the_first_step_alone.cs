using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Whether an account is shut was asked when a sign-in began and not when it ended (Keycloak, also CVE-2026-16103). Guards the question in Directory/Sessions/SignIn.</summary>
public sealed class CVE_2026_9798_lockout_at_the_first_step_alone(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task An_account_that_is_shut_meanwhile_is_not_let_in()
    {
        var person = await AddPersonAsync("shut-meanwhile");
        await Mfa.AddTotpAsync(person);
        using var visitor = Visitor();
        (await visitor.SignInAsync(person.Username)).Component().ShouldBe("ak-stage-authenticator-validate");

        await Server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {person.Pk}");

        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = Mfa.CodeAt() })).Component().ShouldNotBe("xak-flow-redirect");
        (await visitor.WhoAsync()).ShouldBeNull();
    }
}
