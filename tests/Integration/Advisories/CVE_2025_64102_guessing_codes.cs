using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Codes of a second factor could be tried without end (ZITADEL, also CVE-2025-64103). Guards the waits of Authenticators/Validate/CheckCode, which hold for the right code too, and for many tries at once.</summary>
[Trait("Fault", "F14")]
public sealed class CVE_2025_64102_guessing_codes(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task The_right_code_is_not_taken_while_one_must_wait()
    {
        var person = await AddPersonAsync("guessed");
        await Mfa.AddTotpAsync(person);
        using var guesser = Visitor();
        await guesser.SignInAsync(person.Username);
        for (var i = 0; i < 10; i++)
            await guesser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = $"{i:D6}" });

        (await guesser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = Mfa.CodeAt() })).Component().ShouldBe("ak-stage-authenticator-validate");
        (await guesser.WhoAsync()).ShouldBeNull();
        // Another browser begins with the same count.
        using var other = Visitor();
        await other.SignInAsync(person.Username);
        (await other.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = Mfa.CodeAt() })).Component().ShouldBe("ak-stage-authenticator-validate");
    }
}
