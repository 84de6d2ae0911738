using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Apache;

/// <summary>Debian's mod_auth_openidc signs people in with the settings that the guide tells.</summary>
public sealed class ApacheTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apache_signs_a_person_in_reads_claims_signs_out_and_hears_of_a_session_that_ends()
    {
        var port = FreePort();
        var provider = await ProviderAsync(port);
        await using var apache = await Apache.StartAsync(port, Settings(provider, port));
        using var browser = Browser();
        var page = new Uri(apache.Address, "protected/");

        // Nobody is let in unasked: the way leads to Postern's sign-in.
        using var asked = await EndAsync(browser, page);
        asked.RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/if/flow/", Case.Sensitive, $"{asked} {await apache.LogAsync()}");
        await SignInAsync(browser);
        using var inside = await EndAsync(browser, page);
        inside.StatusCode.ShouldBe(HttpStatusCode.OK, await apache.LogAsync());
        inside.RequestMessage!.RequestUri.ShouldBe(page);
        (await inside.Content.ReadAsStringAsync(Cancellation)).ShouldContain("behind the door");
        Header(inside, "X-Remote-User").ShouldBe("jane");
        Header(inside, "X-Name").ShouldBe("Jane Smith");
        Header(inside, "X-Email").ShouldBe("jane@example.com");

        // Signing out ends both sessions and leads to the registered address.
        using var over = await EndAsync(browser, new Uri(apache.Address, $"protected/callback?logout={Uri.EscapeDataString(new Uri(apache.Address, "bye.html").ToString())}"));
        over.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/bye.html", await apache.LogAsync());
        (await EndAsync(browser, page)).RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/if/flow/");

        // A session that ends at Postern ends in Apache too (back-channel logout).
        await SignInAsync(browser);
        (await EndAsync(browser, page)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {server.Person.Pk}");
        await server.Server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
        (await EndAsync(browser, page)).RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/if/flow/", Case.Sensitive, await apache.LogAsync());
    }

    async Task<JsonObject> ProviderAsync(int port) => await server.AddApplicationAsync("apache", more: new JsonObject
    {
        ["invalidation_flow"] = await server.FlowAsync("default-invalidation-flow"),
        ["redirect_uris"] = new JsonArray(OidcServer.Redirect($"http://localhost:{port}/protected/callback"), OidcServer.Redirect($"http://localhost:{port}/bye.html", "logout")),
        ["logout_uri"] = $"http://localhost:{port}/protected/callback?logout=backchannel",
        ["logout_method"] = "backchannel",
    });

    /// <summary>What docs/guide/oauth2.md tells to write, with addresses without TLS.</summary>
    string Settings(JsonObject provider, int port) => $$"""
        OIDCProviderMetadataURL {{server.Server.Address}}application/o/apache/.well-known/openid-configuration
        OIDCClientID {{provider["client_id"]}}
        OIDCClientSecret {{provider["client_secret"]}}
        OIDCRedirectURI http://localhost:{{port.ToString(CultureInfo.InvariantCulture)}}/protected/callback
        OIDCCryptoPassphrase a-long-text-of-your-own
        OIDCScope "openid email profile"
        OIDCPKCEMethod S256
        OIDCRemoteUserClaim preferred_username
        <Location /protected>
            AuthType openid-connect
            Require valid-user
            Header set X-Remote-User "expr=%{REMOTE_USER}"
            Header set X-Name "expr=%{reqenv:OIDC_CLAIM_name}"
            Header set X-Email "expr=%{reqenv:OIDC_CLAIM_email}"
        </Location>
        """;

    static HttpClient Browser()
    {
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true });
        // Programs are refused instead of sent to sign in.
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    static async Task<HttpResponseMessage> EndAsync(HttpClient browser, Uri address) => await browser.GetAsync(address, Cancellation);

    async Task SignInAsync(HttpClient browser) => (await browser.GetAsync(new Uri(server.Server.Address, $"test/in?user={server.Person.Pk}"), Cancellation)).Dispose();

    static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";

    static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
