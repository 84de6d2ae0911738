using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// An address to lead back to was good when it began like the right one. WS-Federation, where that was, does not exist here; Keycloak had it with redirect addresses (CVE-2023-6927, CVE-2024-1132,
/// CVE-2024-8883). Guards OAuth2/Clients/RedirectUri, OAuth2/Logout and Flows/Running/LocalPath.
/// </summary>
[Trait("Fault", "F11")]
public sealed class CVE_2026_41569_address_that_begins_alike(OidcServer server) : ProtocolAdvisory(server)
{
    [Theory]
    [InlineData("https://rp.example.com.evil.org/cb")]
    [InlineData("https://rp.example.com@evil.org/cb")]
    [InlineData("https://rp.example.com:443@evil.org/cb")]
    [InlineData("https://rp.example.com/cb.evil")]
    [InlineData("https://rp.example.com/cb/../../evil")]
    [InlineData("https://rp.example.com/cb%2f..%2fevil")]
    [InlineData("https://rp.example.com/cb#evil")]
    [InlineData("https://rp.example.com\\.evil.org/cb")]
    [InlineData("https://evil.org/?https://rp.example.com/cb")]
    [InlineData("http://rp.example.com/cb")]
    [InlineData("HTTPS://RP.EXAMPLE.COM/cb")]
    [InlineData("//rp.example.com/cb")]
    [InlineData("http://localhost/cb")]
    [InlineData("")]
    public async Task Is_another(string address)
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync($"alike-{Guid.NewGuid():N}"));
        using var browser = await flow.SignedInAsync();
        using var asked = await AuthorizeAsync(browser, flow, ("redirect_uri", address));
        asked.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var program = Oidc.Server.Program();
        var token = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json["id_token"];
        using var left = await browser.GetAsync($"/application/o/{flow.ClientId[..^"-client".Length]}/end-session/?id_token_hint={token}&post_logout_redirect_uri={Uri.EscapeDataString(address.Replace("/cb", "/bye", StringComparison.Ordinal))}", Cancellation);
        left.Headers.Location?.OriginalString.ShouldStartWith("/");
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb", true)]
    [InlineData("http://127.0.0.1:51004/cb", true)]
    [InlineData("http://evil.org/cb", false)]
    [InlineData("http://evil.org:80/cb", false)]
    [InlineData("http://127.0.0.1.evil.org/cb", false)]
    [InlineData("http://127.0.0.1:80@evil.org/cb", false)]
    [InlineData("http://127.0.0.1:51004/cb/evil", false)]
    [InlineData("http://127.0.0.1:99999/cb", false)]
    [InlineData("http://127.0.0.1:/cb", false)]
    [InlineData("http://localhost/cb", false)]
    [InlineData("http://[::1]/cb", false)]
    [InlineData("https://127.0.0.1/cb", false)]
    public async Task On_the_persons_machine_the_port_alone_is_free(string address, bool good)
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync($"native-{Guid.NewGuid():N}", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect("http://127.0.0.1/cb")) }));
        using var browser = await flow.SignedInAsync();
        using var asked = await AuthorizeAsync(browser, flow, ("redirect_uri", address));
        asked.StatusCode.ShouldBe(good ? HttpStatusCode.Found : HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("//evil.org/")]
    [InlineData("/\\evil.org/")]
    [InlineData("https://evil.org/")]
    [InlineData("/%09/evil.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.org")]
    public async Task Signing_in_leads_to_no_other_site(string next)
    {
        using var browser = Oidc.Server.PageScript();
        await browser.GetAsync($"/test/in?user={Oidc.Person.Pk}", Cancellation);
        var flow = $"flows/executor/default-authentication-flow/?query={Uri.EscapeDataString($"next={Uri.EscapeDataString(next)}")}";
        var end = await browser.GetApiAsync(flow);
        var to = JsonNode.Parse(end.Text)?["to"]?.ToString() ?? "/";
        new Uri(Oidc.Server.Address, to).Host.ShouldBe(Oidc.Server.Address.Host, end.Text);
        to.ShouldStartWith("/");
    }
}
