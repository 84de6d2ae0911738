using System.Net;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Codes could be redeemed by another client (Keycloak).</summary>
public sealed class CVE_2026_16089_code_of_another_client(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Is_worth_nothing_there_or_at_another_address()
    {
        var (own, other) = (new Flow(Oidc, await Oidc.AddApplicationAsync("code-own")), new Flow(Oidc, await Oidc.AddApplicationAsync("code-other")));
        using var browser = await own.SignedInAsync();
        using var program = Oidc.Server.Program();
        var code = await own.CodeAsync(browser);

        (await other.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
        // A stranger's try did not use it up.
        (await own.RedeemAsync(program, code)).Status.ShouldBe(HttpStatusCode.OK);
        var moved = await own.TokenAsync(program, ("grant_type", "authorization_code"), ("code", await own.CodeAsync(browser)), ("redirect_uri", "https://rp.example.com/other"), ("code_verifier", Flow.Verifier));
        moved.Member("error").ShouldBe("\"invalid_grant\"");
    }
}
