using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Jose;
using Postern.Tests.Integration.Portal.sign_in;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Sources;

/// <summary>Answers of a provider that must not be believed.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    FakeProvider provider = null!;
    TestServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        provider = await FakeProvider.StartAsync();
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES"] = "true" });
        using var admin = await server.SuperuserAsync();
        var source = new JsonObject
        {
            ["name"] = "Fake",
            ["slug"] = "fake",
            ["provider_type"] = "openidconnect",
            ["consumer_key"] = "postern-portal",
            ["consumer_secret"] = "a secret of the client, known to both",
            ["oidc_well_known_url"] = $"{provider.Issuer}.well-known/openid-configuration",
            ["authorization_code_auth_method"] = "post_body",
            ["enrollment_flow"] = (await admin.GetApiAsync("flows/instances/default-source-enrollment/")).Json["pk"]!.DeepClone(),
        };
        (await admin.PostApiAsync("sources/oauth/", source.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        provider.Adjust = static claims => claims["preferred_username"] = "ada";
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task A_good_one_is_believed_and_the_client_proves_itself_as_the_source_says()
    {
        using var here = server.Browser();

        (await ReturnAsync(here)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await MeAsync(here)).ShouldBe("ada");
        (provider.Asked["client_id"], provider.Asked["client_secret"], provider.Asked["code"]).ShouldBe(("postern-portal", "a secret of the client, known to both", "the-code"));
        provider.Asked["code_verifier"].Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("nonce", "\"of another sign-in\"", "The token answers another sign-in.")]
    [InlineData("nonce", "null", "The token answers another sign-in.")]
    [InlineData("aud", "\"another-client\"", "The token is for another client.")]
    [InlineData("aud", "[\"postern-portal\", \"another-client\"]", "The token is for another client.")]
    [InlineData("iss", "\"https://evil.example.org/\"", "The token is of another issuer.")]
    [InlineData("exp", "1000", "The token has expired.")]
    [InlineData("exp", "null", "The token has expired.")]
    [InlineData("iat", "99999999999", "The token is of another time.")]
    [InlineData("sub", "null", "The provider did not say who that is.")]
    public async Task Tokens_that_are_not_for_this_sign_in_are_refused(string claim, string value, string why)
    {
        using var here = server.Browser();
        provider.Adjust = claims => claims[claim] = JsonNode.Parse(value);

        (await RefusalAsync(await ReturnAsync(here), HttpStatusCode.BadGateway)).ShouldContain(why);

        (await MeAsync(here)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_of_other_keys_are_refused()
    {
        using var here = server.Browser();
        provider.OtherKey = SigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        (await RefusalAsync(await ReturnAsync(here), HttpStatusCode.BadGateway)).ShouldContain("The token is not signed by the provider.");

        provider.OtherKey = SigningKey.Shared("another secret"u8);
        (await RefusalAsync(await ReturnAsync(here), HttpStatusCode.BadGateway)).ShouldContain("The token is not signed by the provider.");
    }

    async Task<HttpResponseMessage> ReturnAsync(HttpClient here)
    {
        var sent = QueryHelpers.ParseQuery((await here.GetAsync("/source/oauth/login/fake/", Cancellation)).Headers.Location!.Query);
        provider.Nonce = sent["nonce"].ToString();
        return await here.GetAsync($"/source/oauth/callback/fake/?code=the-code&state={sent["state"]}", Cancellation);
    }
}
