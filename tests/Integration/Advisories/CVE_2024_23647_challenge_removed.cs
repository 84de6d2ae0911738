using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Leaving the challenge out of a request made its verifier unnecessary.</summary>
public sealed class CVE_2024_23647_challenge_removed(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task A_verifier_without_a_challenge_is_refused()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("downgrade"));
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        var query = flow.Request();
        query.Remove("code_challenge");
        query.Remove("code_challenge_method");
        using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        var code = QueryHelpers.ParseQuery(response.Headers.Location!.Query)["code"].ToString();

        (await flow.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
    }
}
