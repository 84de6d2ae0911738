using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Postern.Jose;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.sign_in;

/// <summary>The way to the provider and back, and every answer of a provider that must not be believed.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    FakeProvider provider = null!;
    TestPortal portal = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await FakeProvider.StartAsync();
        portal = await TestPortal.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["PORTAL_OIDC__ISSUER"] = provider.Issuer });
    }

    [Fact]
    public async Task Whoever_the_provider_vouches_for_is_signed_in_where_they_wanted_to_go()
    {
        using var browser = portal.Stranger();
        (await browser.GetAsync("/organizations/new")).Location.ShouldBe("/sign-in/?next=%2Forganizations%2Fnew");
        var sent = await BeginAsync(browser, "/sign-in/?next=%2Forganizations%2Fnew");
        (sent["response_type"], sent["scope"], sent["code_challenge_method"]).ShouldBe(("code", "openid profile email", "S256"));

        (await browser.GetAsync($"/sign-in/callback/?code=the-code&state={sent["state"]}")).Location.ShouldBe("/organizations/new");

        (await browser.GetAsync("/organizations/new")).Text.ShouldContain("Create an organization");
        provider.Asked["code"].ShouldBe("the-code");
        Base64Text.Of(SHA256.HashData(Encoding.ASCII.GetBytes(provider.Asked["code_verifier"]))).ShouldBe(sent["code_challenge"]);
        var left = await browser.PostAsync("/sign-out/");
        left.Location!.ShouldStartWith($"{provider.Issuer}end?id_token_hint=");
        (await browser.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("nonce", "\"of another sign-in\"", "The token answers another sign-in.")]
    [InlineData("aud", "\"another-client\"", "The token is for another client.")]
    [InlineData("aud", "[\"postern-portal\", \"another-client\"]", "The token is for another client.")]
    [InlineData("iss", "\"https://evil.example.org/\"", "The token is of another issuer.")]
    [InlineData("exp", "1000", "The token has expired.")]
    [InlineData("iat", "99999999999", "The token is of another time.")]
    [InlineData("email", "null", "Your account has no e-mail address.")]
    public async Task Tokens_that_are_not_for_this_sign_in_are_refused(string claim, string value, string why)
    {
        using var browser = portal.Stranger();
        provider.Adjust = claims => claims[claim] = JsonNode.Parse(value);
        var sent = await BeginAsync(browser, "/sign-in/");

        (await browser.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}")).Text.ShouldContain(why);

        (await browser.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Tokens_of_other_keys_are_refused()
    {
        using var browser = portal.Stranger();
        provider.OtherKey = SigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var sent = await BeginAsync(browser, "/sign-in/");

        (await browser.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}")).Text.ShouldContain("The token is not signed by the provider.");
    }

    [Trait("Fault", "F15")]
    [Fact]
    public async Task Only_the_browser_that_began_can_finish_and_once()
    {
        using var browser = portal.Stranger();
        using var other = portal.Stranger();
        var sent = await BeginAsync(browser, "/sign-in/");

        (await other.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GetAsync("/sign-in/callback/?code=c&state=guessed")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Addresses_of_other_hosts_are_not_followed()
    {
        using var browser = portal.Stranger();
        var sent = await BeginAsync(browser, "/sign-in/?next=%2F%2Fevil.example.org");

        (await browser.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}")).Location.ShouldBe("/organizations");
    }

    [Fact]
    public async Task The_provider_ends_sessions()
    {
        using var browser = portal.Stranger();
        var sent = await BeginAsync(browser, "/sign-in/");
        await browser.GetAsync($"/sign-in/callback/?code=c&state={sent["state"]}");
        (await browser.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.OK);
        using var server = portal.Stranger();
        (await server.PostForgedAsync("/sign-in/back-channel/", ("logout_token", provider.Token()))).Status.ShouldBe(HttpStatusCode.BadRequest);

        var token = provider.Token(claims =>
        {
            claims.Remove("nonce");
            claims["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() };
        });
        (await server.PostForgedAsync("/sign-in/back-channel/", ("logout_token", token))).Status.ShouldBe(HttpStatusCode.OK);

        (await browser.GetAsync("/organizations/new")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Sign_up_goes_to_the_enrolment_flow_and_comes_back_signed_in()
    {
        using var browser = portal.Stranger();

        var away = new Uri((await browser.GetAsync("/signup")).Location!);

        away.AbsolutePath.ShouldBe("/if/flow/portal-sign-up/");
        HttpUtility.ParseQueryString(away.Query)["next"]!.ShouldStartWith("/authorize?response_type=code&client_id=postern-portal");
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_said_to()
    {
        await using var lonely = await TestPortal.StartAsync();
        using var browser = lonely.Stranger();

        (await browser.GetAsync("/sign-in/")).Status.ShouldBe(HttpStatusCode.BadGateway);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await provider.DisposeAsync();
    }

    async Task<System.Collections.Specialized.NameValueCollection> BeginAsync(PortalVisitor browser, string path)
    {
        var sent = HttpUtility.ParseQueryString(new Uri((await browser.GetAsync(path)).Location!).Query);
        provider.Nonce = sent["nonce"]!;
        return sent;
    }
}
