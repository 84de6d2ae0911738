using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Registered clients changed themselves into what no administrator had allowed: switched on again, with mappings of administrators (Keycloak, also CVE-2026-15572). Guards OAuth2/Registration: there
/// is no door to change a registered client, and none is registered without a token for it; <c>Contract/Oidc/RegistrationTests</c> tries what it may ask for.
/// </summary>
public sealed class CVE_2026_9705_registration_beyond_its_rights(OidcServer server) : ProtocolAdvisory(server)
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Nobody_registers_or_changes_without_a_right(string method)
    {
        var slug = $"registers-{Guid.NewGuid():N}";
        var provider = await Oidc.AddApplicationAsync(slug);
        await Oidc.OpenRegistrationAsync(provider);
        var flow = new Flow(Oidc, provider);
        using var browser = await flow.SignedInAsync();
        using var program = Oidc.Server.Program();
        var token = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json["access_token"]!.ToString();
        foreach (var path in new[] { $"/application/o/{slug}/register/", $"/application/o/{slug}/register/{flow.ClientId}/" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Authorization = new("Bearer", token) } };
            if (method is "POST" or "PUT")
                request.Content = new StringContent(new JsonObject { ["client_id"] = flow.ClientId, ["redirect_uris"] = new JsonArray("https://evil.org/cb"), ["property_mappings"] = new JsonArray("goauthentik.io/api") }.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await program.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);
        }
        (await Oidc.Admin.GetApiAsync("providers/oauth2/?page_size=500")).Text.ShouldNotContain("evil.org");
    }
}
