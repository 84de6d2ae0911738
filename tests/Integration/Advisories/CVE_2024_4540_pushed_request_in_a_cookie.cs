using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>What a client had pushed over its own line went to the browser in a cookie (Keycloak). Guards OAuth2/Pushed: the browser carries a name, the server keeps the request.</summary>
public sealed class CVE_2024_4540_pushed_request_in_a_cookie(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task The_browser_is_given_nothing_of_it()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync($"pushed-{Guid.NewGuid():N}"));
        using var program = Oidc.Server.Program();
        var request = flow.Request();
        request["state"] = "confidential-state";
        var pushed = await flow.PostAsync(program, "/application/o/par/", [("client_id", flow.ClientId), ("client_secret", flow.Secret), .. request.Where(p => p.Key is not "client_id").Select(p => (p.Key, p.Value!))]);
        using var browser = Oidc.Server.Program();
        using var asked = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", new Dictionary<string, string?>(StringComparer.Ordinal) { ["client_id"] = flow.ClientId, ["request_uri"] = pushed.Json["request_uri"]!.ToString() }), Cancellation);
        asked.StatusCode.ShouldBe(System.Net.HttpStatusCode.Found);
        var shown = string.Join('\n', asked.Headers.SelectMany(h => h.Value));
        shown.ShouldNotContain("confidential-state");
        shown.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("confidential-state"))[..20]);
    }
}
