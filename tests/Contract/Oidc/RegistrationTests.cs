using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Programs that register themselves (RFC 7591): only where it is switched on, by those who may, as what is allowed, and never more.</summary>
public sealed class RegistrationTests(OidcServer server) : IClassFixture<OidcServer>
{
    const string Scope = "goauthentik.io/oidc/dcr";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_client_signs_people_in()
    {
        var (_, token) = await OpenAsync("dcr");

        var made = await RegisterAsync("dcr", token, new JsonObject { ["client_name"] = "Notes", ["redirect_uris"] = new JsonArray(Flow.RedirectUri), ["grant_types"] = new JsonArray("authorization_code", "refresh_token") });

        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Member("client_name").ShouldBe("\"Notes\"");
        made.Member("token_endpoint_auth_method").ShouldBe("\"client_secret_basic\"");
        made.Member("client_secret_expires_at").ShouldBe("0");
        var flow = new Flow(server, made.Json.AsObject());
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var redeemed = await flow.RedeemAsync(program, await flow.CodeAsync(browser));
        redeemed.Status.ShouldBe(HttpStatusCode.OK);
        ClaimsOf(redeemed.Json["id_token"]!.ToString())["iss"]!.ToString().ShouldEndWith("/application/o/dcr/", Case.Sensitive, "the issuer at which it registered");
        (await flow.TokenAsync(program, ("grant_type", "client_credentials"))).Member("error").ShouldBe("\"unauthorized_client\"", "it did not register for that");
        var document = JsonNode.Parse(await program.GetStringAsync("/application/o/dcr/.well-known/openid-configuration", Cancellation))!;
        document["registration_endpoint"]!.GetValue<string>().ShouldEndWith("/application/o/dcr/register/");
    }

    [Fact]
    public async Task A_public_client_has_no_secret()
    {
        var (_, token) = await OpenAsync("dcr-public");

        var made = await RegisterAsync("dcr-public", token, new JsonObject { ["redirect_uris"] = new JsonArray("http://127.0.0.1/cb", "com.example.app:/cb"), ["token_endpoint_auth_method"] = "none" });

        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json.AsObject().ContainsKey("client_secret").ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_off_unless_switched_on()
    {
        await server.AddApplicationAsync("dcr-off");

        (await RegisterAsync("dcr-off", "x", new JsonObject())).Status.ShouldBe(HttpStatusCode.NotFound);
        using var program = server.Server.Program();
        JsonNode.Parse(await program.GetStringAsync("/application/o/dcr-off/.well-known/openid-configuration", Cancellation))!["registration_endpoint"].ShouldBeNull();
    }

    [Fact]
    public async Task A_token_of_another_application_or_without_the_scope_registers_nothing()
    {
        var (flow, token) = await OpenAsync("dcr-scope");
        var (_, stranger) = await OpenAsync("dcr-stranger");
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var plain = (await flow.RedeemAsync(program, await flow.CodeAsync(browser, "openid"))).Json["access_token"]!.GetValue<string>();
        var metadata = new JsonObject { ["redirect_uris"] = new JsonArray(Flow.RedirectUri) };

        foreach (var wrong in new[] { "", "nonsense", stranger, plain, server.Admin.DefaultRequestHeaders.Authorization!.Parameter! })
            (await RegisterAsync("dcr-scope", wrong, metadata)).Member("error").ShouldBe("\"invalid_token\"");
        await server.Server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {server.Person.Pk}");
        (await RegisterAsync("dcr-scope", token, metadata)).Member("error").ShouldBe("\"invalid_token\"");
    }

    [Fact]
    public async Task Bindings_decide_who_may_register_and_go_over_to_what_is_registered()
    {
        var (_, token) = await OpenAsync("dcr-bound");
        var registration = (await server.Admin.GetApiAsync("providers/oauth2-dcr/?page_size=100")).Json["results"]!.AsArray().Last()!["pbm_uuid"]!.GetValue<string>();
        var group = await server.Server.AddGroupAsync("who may register");
        (await server.Admin.PostApiAsync("policies/bindings/", new JsonObject { ["target"] = registration, ["group"] = group, ["order"] = 0 }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        var metadata = new JsonObject { ["redirect_uris"] = new JsonArray(Flow.RedirectUri) };

        (await RegisterAsync("dcr-bound", token, metadata)).Member("error").ShouldBe("\"access_denied\"");
        await server.Server.Database.ExecuteAsync($"INSERT INTO user_group (user_pk, group_pk) VALUES ({server.Person.Pk}, '{group}')");
        var made = await RegisterAsync("dcr-bound", token, metadata);
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        var id = made.Json["client_id"]!.GetValue<string>();
        var application = (await server.Admin.GetApiAsync($"core/applications/dcr-{id[..12].ToLowerInvariant()}/")).Json["pk"]!.GetValue<string>();
        (await server.Admin.GetApiAsync($"policies/bindings/?target={application}")).Json["results"]!.AsArray().ShouldHaveSingleItem()!["group"]!.GetValue<string>().ShouldBe(group.ToString());
    }

    [Theory]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":"https://rp.example.com/cb"}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["http://rp.example.com/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb#x"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://user@rp.example.com/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["myapp:/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb"],"grant_types":["password"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb"],"grant_types":["implicit"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb"],"grant_types":[]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb"],"response_types":["token"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://rp.example.com/cb"],"client_name":7}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}""", "invalid_client_metadata")]
    [InlineData("""[]""", "invalid_client_metadata")]
    [InlineData("""nonsense""", "invalid_client_metadata")]
    public async Task Metadata_that_is_malformed_or_asks_for_too_much_is_refused(string metadata, string error)
    {
        var slug = $"dcr-{Guid.NewGuid():N}"[..20];
        var (_, token) = await OpenAsync(slug);
        var before = (await server.Admin.GetApiAsync("providers/oauth2/?page_size=1")).Json["pagination"]!["count"]!.ToString();

        using var content = new StringContent(metadata, System.Text.Encoding.UTF8, "application/json");
        (await SendAsync(slug, token, content)).Member("error").ShouldBe($"\"{error}\"");
        (await server.Admin.GetApiAsync("providers/oauth2/?page_size=1")).Json["pagination"]!["count"]!.ToString().ShouldBe(before);
    }

    [Fact]
    public async Task CVE_2026_9705_and_CVE_2026_15572_nothing_that_exists_is_changed_and_no_mapping_chosen()
    {
        var (flow, token) = await OpenAsync("dcr-existing");
        await server.AddApplicationAsync("dcr-victim");
        var victim = (await server.Admin.GetApiAsync("providers/oauth2/?client_id=dcr-victim-client")).Json["results"]![0]!.ToJsonString();
        var mapping = (await server.Admin.PostApiAsync("propertymappings/provider/scope/", """{"name":"all rights","scope_name":"admin","expression":"return {'admin': True}"}""")).Json["pk"]!;

        var made = await RegisterAsync("dcr-existing", token, new JsonObject
        {
            ["redirect_uris"] = new JsonArray(Flow.RedirectUri),
            ["client_id"] = "dcr-victim-client",
            ["client_secret"] = "mine",
            ["slug"] = "dcr-victim",
            ["provider"] = 1,
            ["property_mappings"] = new JsonArray(mapping.DeepClone()),
            ["scope"] = "openid admin",
            ["sub_mode"] = "user_username",
        });

        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json["client_id"]!.GetValue<string>().ShouldNotBe("dcr-victim-client");
        made.Json["client_secret"]!.GetValue<string>().ShouldNotBe("mine");
        made.Json["scope"]!.GetValue<string>().ShouldNotContain("admin");
        (await server.Admin.GetApiAsync("providers/oauth2/?client_id=dcr-victim-client")).Json["results"]![0]!.ToJsonString().ShouldBe(victim);
        var provider = (await server.Admin.GetApiAsync($"providers/oauth2/?client_id={made.Json["client_id"]}")).Json["results"]![0]!;
        provider["property_mappings"]!.AsArray().Select(m => m!.ToString()).ShouldNotContain(mapping.ToString());
        provider["sub_mode"]!.GetValue<string>().ShouldBe("hashed_user_id");
        flow.ClientId.ShouldBe("dcr-existing-client");
    }

    [Fact]
    public async Task Nobody_registers_without_end()
    {
        var (_, token) = await OpenAsync("dcr-many");
        await server.Server.Database.ExecuteAsync("TRUNCATE oauth2_registered_client");
        var metadata = new JsonObject { ["redirect_uris"] = new JsonArray(Flow.RedirectUri) };
        for (var i = 0; i < 20; i++)
            (await RegisterAsync("dcr-many", token, metadata)).Status.ShouldBe(HttpStatusCode.Created);

        (await RegisterAsync("dcr-many", token, metadata)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await server.Server.Database.ExecuteAsync("TRUNCATE oauth2_registered_client");
    }

    /// <summary>An application beside which others may be registered, and a token for that.</summary>
    async Task<(Flow Flow, string Token)> OpenAsync(string slug)
    {
        var provider = await server.AddApplicationAsync(slug);
        await server.OpenRegistrationAsync(provider);
        var flow = new Flow(server, provider);
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        return (flow, (await flow.RedeemAsync(program, await flow.CodeAsync(browser, $"openid {Scope}"))).Json["access_token"]!.GetValue<string>());
    }

    async Task<Answer> RegisterAsync(string slug, string token, JsonObject metadata)
    {
        using var content = JsonContent.Create(metadata);
        return await SendAsync(slug, token, content);
    }

    async Task<Answer> SendAsync(string slug, string token, HttpContent content)
    {
        using var program = server.Server.Program();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/application/o/{slug}/register/") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await program.SendAsync(request, Cancellation);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    static JsonNode ClaimsOf(string token) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
}
