using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Flows;

/// <summary>Accounts are shut at once: one's own, and others' by those who may.</summary>
public sealed class LockdownTests(MfaServer mfa) : IClassFixture<MfaServer>, IAsyncLifetime
{
    const string Flow = "default-account-lockdown";

    readonly TestServer server = mfa.Server;

    public async ValueTask InitializeAsync()
    {
        await mfa.ImportAsync(Path.Combine(MfaServer.Root, "blueprints/example/flow-default-account-lockdown.yaml"));
        await server.Database.ExecuteAsync($"UPDATE brand SET flow_lockdown = (SELECT pk FROM flow WHERE slug = '{Flow}')");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_administrator_locks_somebody_with_all_they_hold()
    {
        var victim = await mfa.AddPersonAsync("lock-victim");
        var token = await server.AddTokenAsync(victim);
        using var theirs = new Visitor(server);
        await theirs.SignInAsync("lock-victim");
        var chief = await server.AddSuperuserAsync("lock-chief");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET password = (SELECT password FROM \"user\" WHERE pk = {victim.Pk}) WHERE pk = {chief.Pk}");
        using var office = new Visitor(server);
        await office.SignInAsync("lock-chief");

        var query = await LinkAsync(mfa.Admin, victim.Pk);
        var asked = await office.ShowAsync(Flow, query);
        asked.ToJsonString().ShouldContain("lock-victim");
        (await office.AnswerAsync(Flow, [], query)).Error("lockdown_reason").ShouldBe("This field is required.");
        (await ActiveAsync(victim.Pk)).ShouldBeTrue();
        var done = await office.AnswerAsync(Flow, new JsonObject { ["lockdown_reason"] = "Somebody else was in it" }, query);

        done.ToJsonString().ShouldContain("is locked");
        (await ActiveAsync(victim.Pk)).ShouldBeFalse();
        (await theirs.WhoAsync()).ShouldBeNull();
        (await office.WhoAsync()).ShouldBe("lock-chief");
        using var program = server.Program(token);
        (await program.CallAsync("GET", "core/users/me/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.Database.ScalarAsync<bool>($"SELECT password LIKE '!%' FROM \"user\" WHERE pk = {victim.Pk}")).ShouldBeTrue();
        (await server.Database.ScalarAsync<string>($"SELECT context->>'reason' FROM event WHERE context->>'action_id' = 'account_lockdown' AND context->>'affected_user' = 'lock-victim'")).ShouldBe("Somebody else was in it");
        using var again = new Visitor(server);
        await again.SignInAsync("lock-chief");
        (await again.ShowAsync(Flow, query)).Component().ShouldBe("ak-stage-access-denied");
    }

    [Fact]
    public async Task Somebody_locks_themselves_and_is_told_so()
    {
        var user = await mfa.AddPersonAsync("lock-self");
        using var browser = new Visitor(server);
        await browser.SignInAsync("lock-self");
        await browser.ShowAsync(Flow);

        var end = await browser.AnswerAsync(Flow, new JsonObject { ["lockdown_reason"] = "Lost my laptop" });

        (end.Component(), end["to"]!.ToString()).ShouldBe(("xak-flow-redirect", "/if/flow/default-account-lockdown-complete/"));
        (await browser.WhoAsync()).ShouldBeNull();
        (await browser.ShowAsync("default-account-lockdown-complete")).Component().ShouldBe("ak-stage-prompt");
        (await ActiveAsync(user.Pk)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stage_that_is_reached_by_opening_a_page_asks_first()
    {
        var user = await mfa.AddPersonAsync("lock-bare");
        var flow = await mfa.Admin.CallAsync("POST", "flows/instances/", """{"name":"bare","slug":"bare-lockdown","title":"x","designation":"stage_configuration","authentication":"require_authenticated"}""");
        var stage = await mfa.Admin.CallAsync("POST", "stages/account_lockdown/", """{"name":"bare-lockdown","deactivate_user":true,"set_unusable_password":false,"delete_sessions":false,"revoke_tokens":false}""");
        await mfa.Admin.CallAsync("POST", "flows/bindings/", $$"""{"target":"{{flow.Json["pk"]}}","stage":"{{stage.Json["pk"]}}","order":0}""");
        using var browser = new Visitor(server);
        await browser.SignInAsync("lock-bare");

        (await browser.AnswerAsync("bare-lockdown", [])).Component().ShouldBe("ak-stage-consent");
        var asked = await browser.ShowAsync("bare-lockdown");
        (await browser.AnswerAsync("bare-lockdown", new JsonObject { ["token"] = "guessed" })).Component().ShouldBe("ak-stage-consent");
        (await ActiveAsync(user.Pk)).ShouldBeTrue();
        await browser.AnswerAsync("bare-lockdown", new JsonObject { ["token"] = asked["token"]!.ToString() });
        (await ActiveAsync(user.Pk)).ShouldBeFalse();
        (await server.Database.ScalarAsync<bool>($"SELECT password LIKE '!%' FROM \"user\" WHERE pk = {user.Pk}")).ShouldBeFalse();
    }

    [Fact]
    public async Task Links_are_for_those_who_may_and_for_people_who_are_signed_in()
    {
        var victim = await mfa.AddPersonAsync("lock-rights");
        (await (server.Program()).CallAsync("POST", "core/users/account_lockdown/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var viewer = await server.WithRightsAsync("authentik_core.view_user");
        (await viewer.CallAsync("POST", "core/users/account_lockdown/", $$"""{"user":{{victim.Pk}}}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.CallAsync("POST", "core/users/account_lockdown/", """{"user":null}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await viewer.CallAsync("POST", "core/users/account_lockdown/", """{"user":"me"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var helper = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.change_user");
        var root = await server.AddSuperuserAsync("lock-root");
        (await helper.CallAsync("POST", "core/users/account_lockdown/", $$"""{"user":{{root.Pk}}}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = new Visitor(server);
        (await stranger.ShowAsync(Flow, await LinkAsync(helper, victim.Pk))).Component().ShouldBe("ak-stage-access-denied");
    }

    static async Task<string> LinkAsync(HttpClient client, int user)
    {
        var answer = await client.CallAsync("POST", "core/users/account_lockdown/", $$"""{"user":{{user}}}""");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return Regex.Match(answer.Json["link"]!.ToString(), @"flow_token=\w+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    Task<bool> ActiveAsync(int user) => server.Database.ScalarAsync<bool>($"SELECT is_active FROM \"user\" WHERE pk = {user}");
}
