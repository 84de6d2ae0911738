using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Exchanging a token for another (RFC 8693): between applications that trust each other, and no others.</summary>
public sealed class TokenExchangeTests(OidcServer server) : IClassFixture<OidcServer>
{
    const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    [Fact]
    public async Task A_token_of_a_trusted_application_becomes_one_of_the_callers_own()
    {
        var (front, back, program) = await PairAsync("own");
        var token = await SignInAsync(front);

        var answer = await ExchangeAsync(back, program, ("subject_token", token), ("scope", "openid email admin"));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Member("issued_token_type").ShouldBe($"\"{AccessToken}\"");
        answer.Member("scope").ShouldBe("\"openid email\"");
        var exchanged = answer.Json["access_token"]!.GetValue<string>();
        var seen = (await back.PostAsync(program, "/application/o/introspect/", ("token", exchanged))).Json;
        seen["client_id"]!.GetValue<string>().ShouldBe(back.ClientId);
        seen["username"]!.GetValue<string>().ShouldBe("jane");
        (await back.UserinfoAsync(program, exchanged)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_for_another_application_needs_that_ones_trust()
    {
        var (front, back, program) = await PairAsync("to-other");
        var token = await SignInAsync(front);

        // The back end trusts the front end, and not the other way round.
        (await ExchangeAsync(front, program, ("subject_token", token), ("audience", back.ClientId))).Status.ShouldBe(HttpStatusCode.OK);
        var application = (await server.Admin.GetApiAsync("core/applications/to-other-back/")).Json["pk"]!.GetValue<string>();
        (await ExchangeAsync(front, program, ("subject_token", token), ("audience", application))).Status.ShouldBe(HttpStatusCode.OK);
        var own = (await ExchangeAsync(back, program, ("subject_token", token))).Json["access_token"]!.GetValue<string>();
        (await ExchangeAsync(back, program, ("subject_token", own), ("audience", front.ClientId))).Member("error").ShouldBe("\"invalid_target\"");
        (await ExchangeAsync(back, program, ("subject_token", token), ("audience", "nobody"))).Member("error").ShouldBe("\"invalid_target\"");
        (await ExchangeAsync(back, program, ("subject_token", token), ("resource", "https://api.example.com"))).Member("error").ShouldBe("\"invalid_target\"");
    }

    [Fact]
    public async Task Tokens_that_are_not_live_or_not_trusted_are_worth_nothing()
    {
        var (front, back, program) = await PairAsync("worthless");
        var token = await SignInAsync(front);
        var stranger = await SignInAsync(new Flow(server, await server.AddApplicationAsync("worthless-stranger")));

        foreach (var wrong in new[] { "nonsense", stranger, $"{token}x" })
            (await ExchangeAsync(back, program, ("subject_token", wrong))).Member("error").ShouldBe("\"invalid_grant\"");
        // One's own token is exchanged for another application's only.
        (await ExchangeAsync(front, program, ("subject_token", token))).Member("error").ShouldBe("\"invalid_grant\"");
        var exchanged = (await ExchangeAsync(back, program, ("subject_token", token), ("scope", "openid"))).Json["access_token"]!.GetValue<string>();
        var person = server.Person.Pk;
        await server.Server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {person}");
        (await back.UserinfoAsync(program, exchanged)).ShouldBe(HttpStatusCode.Unauthorized, "the session that the first token came from has ended");
        (await ExchangeAsync(back, program, ("subject_token", token))).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task Bindings_of_the_application_decide()
    {
        var (front, back, program) = await PairAsync("exchange-bound");
        var token = await SignInAsync(front);
        var group = await server.Server.AddGroupAsync("members of exchange-bound");
        var application = (await server.Admin.GetApiAsync("core/applications/exchange-bound-back/")).Json["pk"]!.GetValue<string>();
        (await server.Admin.PostApiAsync("policies/bindings/", new JsonObject { ["target"] = application, ["group"] = group, ["order"] = 0 }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);

        (await ExchangeAsync(back, program, ("subject_token", token))).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Theory]
    [InlineData("subject_token", "")]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:saml2")]
    [InlineData("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token")]
    [InlineData("actor_token", "x")]
    [InlineData("actor_token_type", AccessToken)]
    public async Task What_is_missing_or_not_offered_is_a_bad_request(string name, string value)
    {
        var (_, back, program) = await PairAsync($"exchange-{Guid.NewGuid():N}"[..20]);

        (await ExchangeAsync(back, program, ("subject_token", "x"), (name, value))).Member("error").ShouldBe("\"invalid_request\"");
    }

    [Fact]
    public async Task It_must_be_switched_on_and_public_clients_cannot()
    {
        var off = new Flow(server, await server.AddApplicationAsync("exchange-off"));
        var open = new Flow(server, await server.AddApplicationAsync("exchange-public", more: new JsonObject { ["client_type"] = "public", ["grant_types"] = new JsonArray(Grant) }));
        using var program = server.Server.Program();

        (await ExchangeAsync(off, program, ("subject_token", "x"))).Member("error").ShouldBe("\"unauthorized_client\"");
        (await ExchangeAsync(open, program, ("subject_token", "x"))).Member("error").ShouldBe("\"unauthorized_client\"");
    }

    /// <summary>Two applications, of which the second trusts the first.</summary>
    async Task<(Flow Front, Flow Back, HttpClient Program)> PairAsync(string name)
    {
        var grants = new JsonArray("authorization_code", Grant);
        var front = await server.AddApplicationAsync($"{name}-front", more: new JsonObject { ["grant_types"] = grants });
        var back = await server.AddApplicationAsync($"{name}-back", more: new JsonObject { ["grant_types"] = grants.DeepClone(), ["jwt_federation_providers"] = new JsonArray(front["pk"]!.DeepClone()) });
        return (new Flow(server, front), new Flow(server, back), server.Server.Program());
    }

    async Task<string> SignInAsync(Flow flow)
    {
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        return (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json["access_token"]!.GetValue<string>();
    }

    static Task<Answer> ExchangeAsync(Flow flow, HttpClient program, params (string Name, string Value)[] form) =>
        flow.TokenAsync(program, [("grant_type", Grant), .. form.Any(f => f.Name is "subject_token_type") ? [] : new[] { ("subject_token_type", AccessToken) }, .. Once(form)]);

    // The last of two values counts.
    static IEnumerable<(string, string)> Once((string Name, string Value)[] form) => form.GroupBy(f => f.Name, StringComparer.Ordinal).Select(g => g.Last());
}
