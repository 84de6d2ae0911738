using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A redirect address of the scheme <c>javascript:</c> ran on the page that posts the answer. Guards the check of schemes in OAuth2/Clients/RedirectUri.</summary>
[Trait("Fault", "F11")]
public sealed class CVE_2024_21637_script_as_redirect(OidcServer server) : ProtocolAdvisory(server)
{
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    public async Task Is_refused_at_save_and_at_use(string url)
    {
        var provider = await Oidc.AddApplicationAsync($"scheme-{Guid.NewGuid():N}", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect(".*", mode: "regex")) });
        var saved = await Oidc.Admin.CallAsync("PATCH", $"providers/oauth2/{provider["pk"]}/", new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect(url)) }.ToJsonString());
        saved.Status.ShouldBe(HttpStatusCode.BadRequest);

        var flow = new Flow(Oidc, provider);
        using var browser = await flow.SignedInAsync();
        var query = flow.Request();
        query["redirect_uri"] = url;
        query["response_mode"] = "form_post";
        using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
