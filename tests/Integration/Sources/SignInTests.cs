using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Sources;

/// <summary>The way to another server and back, over real HTTP.</summary>
public sealed class SignInTests(SourceServers servers) : IClassFixture<SourceServers>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_gets_an_account_and_is_known_the_next_time()
    {
        await servers.AddSourceAsync("harbour");
        var (_, there) = await servers.PersonAsync("ada");
        using var here = servers.Here.Browser();

        var answer = await SignInAsync(here, there, "harbour", "?next=%2Fif%2Fuser%2F");

        answer.Headers.Location!.ToString().ShouldBe("/if/user/", await answer.Content.ReadAsStringAsync(Cancellation));
        (await MeAsync(here)).ShouldBe("ada");
        var user = (await servers.Admin.GetApiAsync("core/users/?username=ada")).Json["results"]![0]!;
        user["email"]!.ToString().ShouldBe("ada@example.org");
        user["name"]!.ToString().ShouldBe("ada of elsewhere");
        user["path"]!.ToString().ShouldBe("goauthentik.io/sources/harbour");
        user["attributes"]!["goauthentik.io/user/sources"]!.AsArray().Single()!.ToString().ShouldBe("harbour");
        var connection = (await servers.Admin.GetApiAsync($"sources/user_connections/all/?user={user["pk"]}")).Json["results"]!.AsArray().Single()!;
        connection["source_obj"]!["slug"]!.ToString().ShouldBe("harbour");
        (await servers.CountAsync($"SELECT count(*) FROM event WHERE action = 'source_linked' AND context->'source'->>'name' = 'harbour' AND \"user\"->>'username' = 'ada'")).ShouldBe(1);

        using var again = servers.Here.Browser();
        (await SignInAsync(again, there, "harbour")).Headers.Location!.ToString().ShouldBe("/");
        (await MeAsync(again)).ShouldBe("ada");
        (await servers.CountAsync($"SELECT count(*) FROM user_source_connection WHERE user_pk = {user["pk"]}")).ShouldBe(1);
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'login' AND context->>'auth_method' = 'oauth' AND context->'auth_method_args'->>'source' = 'harbour'")).ShouldBe(2);
    }

    [Fact]
    public async Task The_request_says_what_it_must_and_keeps_what_the_browser_must_not_know()
    {
        await servers.AddSourceAsync("request", new JsonObject { ["additional_scopes"] = "groups email" });
        using var here = servers.Here.Browser();

        var away = (await here.GetAsync("/source/oauth/login/request/", Cancellation)).Headers.Location!;

        var sent = QueryHelpers.ParseQuery(away.Query);
        away.GetLeftPart(UriPartial.Path).ShouldBe($"{servers.Elsewhere.Server.Address}application/o/authorize/");
        new[] { "response_type", "client_id", "scope", "code_challenge_method" }.Select(n => sent[n].ToString()).ShouldBe(["code", "request-client", "openid email profile groups", "S256"]);
        sent["redirect_uri"].ToString().ShouldBe($"{servers.Here.Address}source/oauth/callback/request/");
        sent["nonce"].ToString().Length.ShouldBeGreaterThan(20);
        var kept = (await servers.Here.Database.ScalarAsync<string>("SELECT string_agg(details, ' ') FROM source_attempt"))!;
        kept.ShouldNotContain(sent["nonce"].ToString());
        kept.ShouldNotContain(sent["state"].ToString());
    }

    [Trait("Fault", "F15")]
    [Fact]
    public async Task Whoever_must_sign_in_anew_does_so_at_the_source_too()
    {
        await servers.AddSourceAsync("anew");
        var (user, there) = await servers.PersonAsync("anna");
        using var here = servers.Here.Browser();
        await SignInAsync(here, there, "anew");
        const string authenticated = "SELECT max(authenticated_at)::text FROM session s JOIN \"user\" u ON u.pk = s.user_pk WHERE u.username = 'anna'";
        var first = await servers.Here.Database.ScalarAsync<string>(authenticated);
        servers.Here.Clock.Advance(TimeSpan.FromMinutes(1));

        // An application asked for it: the sign-in page was shown though somebody is signed in.
        var away = (await here.GetAsync("/source/oauth/login/anew/?flow=default-authentication-flow&next=%2Fif%2Fuser%2F", Cancellation)).Headers.Location!;
        QueryHelpers.ParseQuery(away.Query)["prompt"].ToString().ShouldBe("login");
        var page = (await there.GetAsync(away, Cancellation)).Headers.Location!.ToString();
        page.ShouldContain("/if/flow/default-authentication-flow/", Case.Sensitive);
        var next = QueryHelpers.ParseQuery(page[page.IndexOf('?', StringComparison.Ordinal)..])["next"].ToString();
        var again = (await there.GetAsync($"/test/in?user={user.Pk}&next={Uri.EscapeDataString(next)}", Cancellation)).Headers.Location!;
        var back = (await there.GetAsync(again, Cancellation)).Headers.Location!;

        (await here.GetAsync(back, Cancellation)).Headers.Location!.ToString().ShouldBe("/if/user/");
        (await MeAsync(here)).ShouldBe("anna");
        (await servers.Here.Database.ScalarAsync<string>(authenticated)).ShouldNotBe(first);
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'login' AND context->'auth_method_args'->>'source' = 'anew'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_sign_in_that_an_application_wants_is_asked_of_the_source()
    {
        await servers.AddSourceAsync("fresh");
        using var here = servers.Here.Browser();
        var plain = (await here.GetAsync("/source/oauth/login/fresh/?flow=default-authentication-flow&next=%2Fapplication%2Fo%2Fauthorize%2F%3Fclient_id%3Dx", Cancellation)).Headers.Location!;
        QueryHelpers.ParseQuery(plain.Query).ContainsKey("prompt").ShouldBeFalse();
        var fresh = (await here.GetAsync("/source/oauth/login/fresh/?flow=default-authentication-flow&next=%2Fapplication%2Fo%2Fauthorize%2F%3Fclient_id%3Dx%26prompt%3Dconsent%2520login", Cancellation)).Headers.Location!;
        QueryHelpers.ParseQuery(fresh.Query)["prompt"].ToString().ShouldBe("login");
    }

    [Fact]
    public async Task An_answer_counts_once_and_in_the_browser_that_asked()
    {
        await servers.AddSourceAsync("once");
        await servers.AddSourceAsync("once-other");
        var (_, there) = await servers.PersonAsync("bea");
        using var here = servers.Here.Browser();
        using var other = servers.Here.Browser();
        await other.GetAsync("/source/oauth/login/once/", Cancellation);
        var back = await LeaveAsync(here, there, "once");

        (await RefusalAsync(await other.GetAsync(back, Cancellation))).ShouldContain("was not begun in this browser");
        (await RefusalAsync(await here.GetAsync(back.PathAndQuery.Replace("/once/", "/once-other/", StringComparison.Ordinal), Cancellation))).ShouldContain("was not begun in this browser");
        (await RefusalAsync(await here.GetAsync("/source/oauth/callback/once/?code=c&state=guessed", Cancellation))).ShouldContain("was not begun in this browser");
        (await here.GetAsync(back, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await MeAsync(here)).ShouldBe("bea");
        (await RefusalAsync(await here.GetAsync(back, Cancellation))).ShouldContain("is over already");
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_none()
    {
        await servers.AddSourceAsync("late");
        var (_, there) = await servers.PersonAsync("late-lea");
        using var here = servers.Here.Browser();
        var back = await LeaveAsync(here, there, "late");

        servers.Here.Clock.Advance(TimeSpan.FromMinutes(31));

        (await RefusalAsync(await here.GetAsync(back, Cancellation))).ShouldContain("took too long");
    }

    [Fact]
    public async Task An_answer_of_another_issuer_or_none_is_refused()
    {
        await servers.AddSourceAsync("mixed");
        var (_, there) = await servers.PersonAsync("mia");
        foreach (var iss in new[] { "https://evil.example.org/", null })
        {
            using var here = servers.Here.Browser();
            var back = await LeaveAsync(here, there, "mixed");
            var values = QueryHelpers.ParseQuery(back.Query).ToDictionary(v => v.Key, v => (string?)v.Value.ToString(), StringComparer.Ordinal);
            values.ContainsKey("iss").ShouldBeTrue();
            values["iss"] = iss;

            (await RefusalAsync(await here.GetAsync(QueryHelpers.AddQueryString(back.GetLeftPart(UriPartial.Path), values), Cancellation), HttpStatusCode.BadGateway)).ShouldContain("not of the provider that was asked");
            (await MeAsync(here)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task What_the_provider_refuses_is_said_and_signs_nobody_in()
    {
        await servers.AddSourceAsync("refusing");
        using var here = servers.Here.Browser();
        var away = (await here.GetAsync("/source/oauth/login/refusing/", Cancellation)).Headers.Location!;
        var state = QueryHelpers.ParseQuery(away.Query)["state"];

        (await RefusalAsync(await here.GetAsync($"/source/oauth/callback/refusing/?error=access_denied&error_description=No+way+%3Cb%3E&state={state}", Cancellation))).ShouldContain("refusing did not sign you in: No way <b>");

        away = (await here.GetAsync("/source/oauth/login/refusing/", Cancellation)).Headers.Location!;
        state = QueryHelpers.ParseQuery(away.Query)["state"];
        (await RefusalAsync(await here.GetAsync($"/source/oauth/callback/refusing/?code=made-up&iss={Uri.EscapeDataString($"{servers.Elsewhere.Server.Address}application/o/refusing/")}&state={state}", Cancellation), HttpStatusCode.BadGateway)).ShouldContain("invalid_grant");
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'configuration_error' AND context->'source'->>'name' = 'refusing'")).ShouldBe(1);
        (await MeAsync(here)).ShouldBeNull();
    }

    [Fact]
    public async Task A_source_that_is_switched_off_is_no_way_in()
    {
        await servers.AddSourceAsync("off");
        var (_, there) = await servers.PersonAsync("olga");
        using var here = servers.Here.Browser();
        var back = await LeaveAsync(here, there, "off");

        (await servers.Admin.CallAsync("PATCH", "sources/oauth/off/", """{"enabled": false}""")).Status.ShouldBe(HttpStatusCode.OK);

        await RefusalAsync(await here.GetAsync(back, Cancellation), HttpStatusCode.NotFound);
        await RefusalAsync(await here.GetAsync("/source/oauth/login/off/", Cancellation), HttpStatusCode.NotFound);
        await RefusalAsync(await here.GetAsync("/source/oauth/login/no-such/", Cancellation), HttpStatusCode.NotFound);
        (await MeAsync(here)).ShouldBeNull();
    }

    [Fact]
    public async Task A_deactivated_user_gets_nowhere()
    {
        await servers.AddSourceAsync("inactive");
        var (_, there) = await servers.PersonAsync("ina");
        using var first = servers.Here.Browser();
        await SignInAsync(first, there, "inactive");
        await servers.Here.Database.ExecuteAsync("UPDATE \"user\" SET is_active = false WHERE username = 'ina'");
        using var here = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(here, there, "inactive"))).ShouldContain("Your account is disabled.");

        (await MeAsync(here)).ShouldBeNull();
        (await servers.CountAsync("SELECT count(*) FROM session WHERE flows::text LIKE '%\"pending_user\"%' AND flows ? 'default-source-authentication'")).ShouldBe(0);
    }

    [Fact]
    public async Task Addresses_in_ones_own_network_are_not_asked_unless_that_is_allowed()
    {
        await using var strict = await TestServer.StartAsync();
        using var admin = await strict.SuperuserAsync();
        var source = new JsonObject { ["name"] = "inside", ["slug"] = "inside", ["provider_type"] = "openidconnect", ["consumer_key"] = "k", ["consumer_secret"] = "s", ["oidc_well_known_url"] = $"{servers.Elsewhere.Server.Address}application/o/x/.well-known/openid-configuration" };
        (await admin.PostApiAsync("sources/oauth/", source.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        using var here = strict.Browser();

        (await RefusalAsync(await here.GetAsync("/source/oauth/login/inside/", Cancellation), HttpStatusCode.BadGateway)).ShouldContain("has no address that sources may reach");
    }

    [Fact]
    public async Task Policies_of_the_source_decide_who_may_enter()
    {
        var source = await servers.AddSourceAsync("guarded");
        var policy = (await servers.Admin.PostApiAsync("policies/expression/", new JsonObject { ["name"] = "guarded", ["expression"] = "ak_message('Only the captain.')\nreturn ak_is_sso_flow and context['oauth_userinfo']['preferred_username'] == 'captain'" }.ToJsonString())).Json;
        (await servers.Admin.PostApiAsync("policies/bindings/", new JsonObject { ["target"] = source["pk"]!.DeepClone(), ["policy"] = policy["pk"]!.DeepClone(), ["order"] = 0 }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        var (_, sailor) = await servers.PersonAsync("sailor");
        var (_, captain) = await servers.PersonAsync("captain");
        using var first = servers.Here.Browser();
        using var second = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(first, sailor, "guarded"))).ShouldContain("Only the captain.");
        await SignInAsync(second, captain, "guarded");
        (await MeAsync(second)).ShouldBe("captain");
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'login_failed' AND context->>'message' = 'Only the captain.'")).ShouldBe(1);
    }

    [Fact]
    public async Task Mappings_fill_accounts_and_one_that_fails_leaves_an_event()
    {
        var good = await MappingAsync("fill", """return {"attributes": {"department": info["department"], "by": source.name, "type": token["token_type"]}, "name": properties["username"].upper(), "groups": ["admins"]}""");
        var bad = await MappingAsync("fail", "return info['no such thing']");
        await servers.AddSourceAsync("mapped", new JsonObject { ["user_property_mappings"] = new JsonArray(good, bad) });
        var (_, there) = await servers.PersonAsync("mara");
        using var here = servers.Here.Browser();

        await SignInAsync(here, there, "mapped");

        (await MeAsync(here)).ShouldBe("mara");
        var user = (await servers.Admin.GetApiAsync("core/users/?username=mara")).Json["results"]![0]!;
        user["name"]!.ToString().ShouldBe("MARA");
        (user["attributes"]!["department"]!.ToString(), user["attributes"]!["by"]!.ToString(), user["attributes"]!["type"]!.ToString().ToLowerInvariant()).ShouldBe(("Harbour", "mapped", "bearer"));
        user["groups"]!.AsArray().ShouldBeEmpty();
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'property_mapping_exception' AND context->>'message' LIKE '%fail%'")).ShouldBe(1);
    }

    async Task<JsonNode> MappingAsync(string name, string expression) =>
        (await servers.Admin.PostApiAsync("propertymappings/source/oauth/", new JsonObject { ["name"] = name, ["expression"] = expression }.ToJsonString())).Json["pk"]!.DeepClone();
}
