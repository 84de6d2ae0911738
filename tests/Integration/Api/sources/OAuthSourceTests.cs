using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Sources;

/// <summary><c>/sources/oauth/</c>, <c>/sources/all/</c> and what is known of providers.</summary>
public sealed class OAuthSourceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task A_source_is_answered_with_all_its_members_and_without_its_secret()
    {
        using var admin = await server.SuperuserAsync();

        var made = (await admin.PostApiAsync("sources/oauth/", Body("whole"))).Json;

        made["callback_url"]!.ToString().ShouldBe($"{server.Address}source/oauth/callback/whole/");
        made["type"]!["name"]!.ToString().ShouldBe("github");
        made["component"]!.ToString().ShouldBe("ak-source-oauth-form");
        (made["enabled"]!.GetValue<bool>(), made["user_matching_mode"]!.ToString(), made["user_path_template"]!.ToString(), made["pkce"]!.ToString(), made["authorization_code_auth_method"]!.ToString())
            .ShouldBe((true, "identifier", "goauthentik.io/sources/%(slug)s", "S256", "basic_auth"));
        made.AsObject().ContainsKey("consumer_secret").ShouldBeFalse();
        (await server.Database.ScalarAsync<string>("SELECT config->>'consumer_secret' FROM source WHERE slug = 'whole'"))!.ShouldStartWith("sealed:1:");
        var listed = (await admin.GetApiAsync("sources/all/?slug=whole")).Json["results"]!.AsArray().Single()!;
        (listed["verbose_name"]!.ToString(), listed["meta_model_name"]!.ToString(), listed["component"]!.ToString()).ShouldBe(("OAuth Source", "authentik_sources_oauth.oauthsource", "ak-source-oauth-form"));
        (await admin.GetApiAsync("sources/all/types/")).Json.AsArray().Select(t => t!["model_name"]!.ToString()).ShouldContain("oauthsource");
        (await admin.GetApiAsync("sources/oauth/?provider_type=github&user_matching_mode=identifier&enabled=true")).Each("slug").ShouldContain("\"whole\"");
        (await admin.GetApiAsync("sources/oauth/?provider_type=discord")).Each("slug").ShouldNotContain("\"whole\"");
    }

    [Theory]
    [InlineData("provider_type", "\"apple\"", "is not a valid choice")]
    [InlineData("provider_type", "\"openidconnect\"", "oidc_well_known_url", "authorization_url")]
    [InlineData("authorization_url", "\"javascript:alert(1)\"", "Enter a valid URL.")]
    [InlineData("oidc_well_known_url", "\"file:///etc/passwd\"", "Enter a valid URL.")]
    [InlineData("user_matching_mode", "\"guess\"", "is not a valid choice")]
    [InlineData("user_path_template", "\"/a\"", "slashes")]
    [InlineData("consumer_key", "\"\"", "may not be blank")]
    [InlineData("slug", "\"a b\"", "slug")]
    public async Task What_is_wrong_is_named(string field, string value, string why, string? at = null)
    {
        using var admin = await server.SuperuserAsync();
        var body = JsonNode.Parse(Body("wrong"))!.AsObject();
        body[field] = JsonNode.Parse(value);

        var answer = await admin.PostApiAsync("sources/oauth/", body.ToJsonString());

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.ToString());
        answer.Member(at ?? field).ShouldContain(why);
    }

    [Fact]
    public async Task What_is_known_of_providers_is_for_those_who_look_after_sources()
    {
        using var admin = await server.SuperuserAsync();
        using var nobody = await server.WithRightsAsync();
        var types = (await admin.GetApiAsync("sources/oauth/source_types/")).Json.AsArray();

        types.Select(t => t!["name"]!.ToString()).ShouldContain("openidconnect");
        types.Single(t => t!["name"]!.ToString() is "github")!["authorization_url"]!.ToString().ShouldBe("https://github.com/login/oauth/authorize");
        (await admin.GetApiAsync("sources/oauth/source_types/?name=okta")).Json.AsArray().Single()!["urls_customizable"]!.GetValue<bool>().ShouldBeTrue();
        (await nobody.GetApiAsync("sources/oauth/source_types/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task People_see_what_they_may_connect()
    {
        using var admin = await server.SuperuserAsync();
        await admin.PostApiAsync("sources/oauth/", Body("mine"));
        var off = JsonNode.Parse(Body("not-mine"))!.AsObject();
        off["enabled"] = false;
        await admin.PostApiAsync("sources/oauth/", off.ToJsonString());
        using var nobody = await server.WithRightsAsync();
        using var stranger = server.Program();

        var rows = (await nobody.GetApiAsync("sources/all/user_settings/")).Json.AsArray();

        rows.Select(r => r!["object_uid"]!.ToString()).ShouldContain("mine");
        rows.Select(r => r!["object_uid"]!.ToString()).ShouldNotContain("not-mine");
        rows.Single(r => r!["object_uid"]!.ToString() is "mine")!["configure_url"]!.ToString().ShouldBe("/source/oauth/login/mine/");
        (await stranger.GetApiAsync("sources/all/user_settings/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    static string Body(string slug) =>
        new JsonObject { ["name"] = slug, ["slug"] = slug, ["provider_type"] = "github", ["consumer_key"] = "key", ["consumer_secret"] = "sample-secret-0123456789" }.ToJsonString();
}
