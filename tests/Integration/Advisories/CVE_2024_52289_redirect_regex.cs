using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>Redirect addresses were regular expressions, and the first one used was learned unescaped.</summary>
[Trait("Fault", "F11")]
public sealed class CVE_2024_52289_redirect_regex(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task A_strict_address_is_no_expression_and_none_is_learned()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("strict", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect("https://rp.example.com/cb")) }));
        var none = new Flow(Oidc, await Oidc.AddApplicationAsync("learned", more: new JsonObject { ["redirect_uris"] = new JsonArray() }));
        using var browser = await flow.SignedInAsync();
        foreach (var (asked, url) in new[] { (flow, "https://rpXexample.com/cb"), (flow, "https://rp.example.com/cb/more"), (none, "https://rp.example.com/cb"), (none, "https://rp.example.com/cb") })
        {
            var query = asked.Request();
            query["redirect_uri"] = url;
            using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, url);
        }
    }
}
