using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Holes that products of this kind had; each test is named by what must not be possible.</summary>
public sealed class AdvisoryTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    public async Task CVE_2024_21637_addresses_that_a_browser_runs_are_refused_at_save_and_at_use(string url)
    {
        var provider = await server.AddApplicationAsync($"scheme-{Guid.NewGuid():N}", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect(".*", mode: "regex")) });
        var saved = await server.Admin.CallAsync("PATCH", $"providers/oauth2/{provider["pk"]}/", new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect(url)) }.ToJsonString());
        saved.Status.ShouldBe(HttpStatusCode.BadRequest);

        var flow = new Flow(server, provider);
        using var browser = await flow.SignedInAsync();
        var query = flow.Request();
        query["redirect_uri"] = url;
        query["response_mode"] = "form_post";
        using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task CVE_2024_23647_a_challenge_cannot_be_removed_from_a_request()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("downgrade"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var query = flow.Request();
        query.Remove("code_challenge");
        query.Remove("code_challenge_method");
        using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        var code = QueryHelpers.ParseQuery(response.Headers.Location!.Query)["code"].ToString();

        (await flow.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task CVE_2024_47077_a_client_learns_nothing_of_tokens_of_another()
    {
        var (own, other) = (new Flow(server, await server.AddApplicationAsync("introspect-own")), new Flow(server, await server.AddApplicationAsync("introspect-other")));
        using var browser = await own.SignedInAsync();
        using var program = server.Server.Program();
        var tokens = (await own.RedeemAsync(program, await own.CodeAsync(browser))).Json;
        foreach (var name in new[] { "access_token", "refresh_token" })
        {
            var token = tokens[name]!.GetValue<string>();
            (await own.PostAsync(program, "/application/o/introspect/", ("token", token))).Member("active").ShouldBe("true");
            (await other.PostAsync(program, "/application/o/introspect/", ("token", token))).Text.ShouldBe("{\"active\":false}");
            await other.PostAsync(program, "/application/o/revoke/", ("token", token));
            (await own.PostAsync(program, "/application/o/introspect/", ("token", token))).Member("active").ShouldBe("true");
        }
        (await other.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await own.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CVE_2024_52289_a_strict_address_is_no_expression_and_none_is_learned()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("strict", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect("https://rp.example.com/cb")) }));
        var none = new Flow(server, await server.AddApplicationAsync("learned", more: new JsonObject { ["redirect_uris"] = new JsonArray() }));
        using var browser = await flow.SignedInAsync();
        foreach (var (asked, url) in new[] { (flow, "https://rpXexample.com/cb"), (flow, "https://rp.example.com/cb/more"), (none, "https://rp.example.com/cb"), (none, "https://rp.example.com/cb") })
        {
            var query = asked.Request();
            query["redirect_uri"] = url;
            using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, url);
        }
    }

    [Fact]
    public async Task CVE_2026_7571_a_request_that_is_changed_while_somebody_signs_in_is_checked_again()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("resumed"));
        using var browser = server.Server.Browser();
        using var asked = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", flow.Request()), Cancellation);
        var next = QueryHelpers.ParseQuery(new Uri(server.Server.Address, asked.Headers.Location!).Query)["next"].ToString();
        next.ShouldContain("response_type=code");
        await browser.GetAsync($"/test/in?user={server.Person.Pk}", Cancellation);

        foreach (var type in new[] { "token", "id_token", "id_token token", "code token" })
        {
            using var changed = await browser.GetAsync(next.Replace("response_type=code", $"response_type={Uri.EscapeDataString(type)}&nonce=n", StringComparison.Ordinal), Cancellation);
            changed.Headers.Location!.OriginalString.ShouldStartWith(Flow.RedirectUri);
            changed.Headers.Location.OriginalString.ShouldNotContain("access_token=");
            changed.Headers.Location.OriginalString.ShouldNotContain("id_token=");
            changed.Headers.Location.OriginalString.ShouldContain("error=");
        }
        using var unchanged = await browser.GetAsync(next, Cancellation);
        unchanged.Headers.Location!.OriginalString.ShouldContain("code=");
    }

    [Fact]
    public async Task A_deactivated_user_keeps_no_code_and_no_token()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("deactivated"));
        using var program = server.Server.Program();
        var user = await server.Server.AddUserAsync("leaver");
        using var browser = server.Server.Browser();
        await browser.GetAsync($"/test/in?user={user.Pk}", Cancellation);
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        var code = await flow.CodeAsync(browser);

        (await server.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"is_active": false}""")).Status.ShouldBe(HttpStatusCode.OK);

        (await flow.UserinfoAsync(program, tokens["access_token"]!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized);
        (await flow.RedeemAsync(program, code)).Member("error").ShouldBe("\"invalid_grant\"");
        (await flow.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await server.Admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"is_active": true}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await flow.RefreshAsync(program, tokens["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
    }

    [Fact]
    public async Task GHSA_m9h4_who_may_only_look_at_a_provider_sees_no_secret_and_who_may_change_it_does()
    {
        var provider = await server.AddApplicationAsync("secret");
        var reader = await server.Server.AddUserAsync("reader");
        await server.Server.AddRoleAsync("readers of providers", "authentik_providers_oauth2.view_oauth2provider");
        await server.Server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) SELECT {reader.Pk}, pk FROM role WHERE name = 'readers of providers'");
        using var program = server.Server.Program(await server.Server.AddTokenAsync(reader));

        var seen = await program.GetApiAsync($"providers/oauth2/{provider["pk"]}/");

        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Json.AsObject().ContainsKey("client_secret").ShouldBeFalse();
        (await server.Admin.GetApiAsync($"providers/oauth2/{provider["pk"]}/")).Json["client_secret"]!.GetValue<string>().ShouldBe(provider["client_secret"]!.GetValue<string>());
    }

    [Fact]
    public async Task CVE_2026_40166_people_see_their_own_tokens_only_and_no_secret_in_them()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("lists"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var tokens = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;
        var other = await server.Server.AddUserAsync("bystander");
        using var jane = server.Server.Program(await server.Server.AddTokenAsync(server.Person));
        using var bystander = server.Server.Program(await server.Server.AddTokenAsync(other));

        var own = await jane.GetApiAsync("oauth2/access_tokens/");
        own.Json["results"]!.AsArray().Count.ShouldBeGreaterThan(0);
        own.Text.ShouldNotContain("client_secret");
        own.Text.ShouldNotContain(tokens["access_token"]!.GetValue<string>());
        (await bystander.GetApiAsync("oauth2/access_tokens/")).Json["results"]!.AsArray().ShouldBeEmpty();
        var mine = await jane.GetApiAsync("oauth2/refresh_tokens/");
        var pk = mine.Json["results"]![0]!["pk"]!.GetValue<int>();
        (await bystander.CallAsync("DELETE", $"oauth2/refresh_tokens/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await jane.CallAsync("DELETE", $"oauth2/refresh_tokens/{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_silent_request_is_not_answered_before_the_person_consented()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("consent", "default-provider-authorization-explicit-consent"));
        using var browser = await flow.SignedInAsync();
        var query = flow.Request("openid email");
        query["prompt"] = "none";
        var silent = QueryHelpers.AddQueryString("/application/o/authorize/", query);
        (await ErrorAsync(browser, silent)).ShouldBe("consent_required");

        query.Remove("prompt");
        using var page = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        page.Headers.Location!.OriginalString.ShouldBe("/if/flow/default-provider-authorization-explicit-consent/");
        const string executor = "/api/v3/flows/executor/default-provider-authorization-explicit-consent/?query=";
        var challenge = JsonNode.Parse(await browser.GetStringAsync(executor, Cancellation))!;
        challenge["component"]!.GetValue<string>().ShouldBe("ak-stage-consent");
        challenge["permissions"]!.AsArray().Select(p => p!["id"]!.GetValue<string>()).ShouldBe(["email", "openid"]);
        (await ErrorAsync(browser, silent)).ShouldBe("consent_required", "being asked is not yet an answer");
    }

    static async Task<string> ErrorAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path, Cancellation);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query)["error"].ToString();
    }
}
