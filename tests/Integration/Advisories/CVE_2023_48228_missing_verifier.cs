using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A code with a challenge was redeemed without its verifier.</summary>
public sealed class CVE_2023_48228_missing_verifier(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task A_code_with_a_challenge_needs_its_verifier()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("verifier"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        foreach (var verifier in new[] { null, "", "another-verifier-of-forty-three-characters-or-more" })
        {
            var code = await flow.CodeAsync(browser);
            (string, string)[] form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Flow.RedirectUri), .. verifier is null ? [] : new[] { ("code_verifier", verifier) }];
            (await flow.TokenAsync(program, form)).Member("error").ShouldBe("\"invalid_grant\"", verifier ?? "none");
        }
    }
}
