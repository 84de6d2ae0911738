using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Notifications;

/// <summary>Which events make notifications, and for whom.</summary>
public sealed class RuleTests(NotificationServer fixture) : IClassFixture<NotificationServer>
{
    TestServer Server => fixture.Server;

    [Fact]
    public async Task Tells_direct_members_of_the_group_what_happened()
    {
        var (ada, bob, gone) = (await Server.AddUserAsync("rule-ada"), await Server.AddUserAsync("rule-bob"), await Server.AddUserAsync("rule-gone", u => u.IsActive = false));
        await fixture.MakeRuleAsync("custom_flood", [], [ada, gone]);
        var entry = await fixture.HappenAsync("custom_flood", bob, new JsonObject { ["message"] = "Water in the cellar", ["hyperlink"] = "/if/admin/", ["hyperlink_label"] = "Look" });

        var shown = (await fixture.ShownAsync(ada)).ShouldHaveSingleItem()!;
        shown["body"]!.ToString().ShouldBe("custom_flood: Water in the cellar");
        shown["severity"]!.ToString().ShouldBe("warning");
        shown["hyperlink"]!.ToString().ShouldBe("/if/admin/");
        shown["hyperlink_label"]!.ToString().ShouldBe("Look");
        shown["seen"]!.GetValue<bool>().ShouldBeFalse();
        shown["event"]!["pk"]!.ToString().ShouldBe(entry.Pk.ToString());
        (await fixture.ShownAsync(bob)).ShouldBeEmpty();
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM notification WHERE user_pk = {gone.Pk}")).ShouldBe(0);
    }

    [Fact]
    public async Task Tells_who_triggered_the_event_where_the_rule_says_so()
    {
        var carl = await Server.AddUserAsync("rule-carl");
        await fixture.MakeRuleAsync("custom_own", [], [], eventUser: true);
        await fixture.HappenAsync("custom_own", carl);
        (await fixture.ShownAsync(carl)).ShouldHaveSingleItem()!["body"]!.ToString().ShouldBe("custom_own: by rule-carl");
    }

    [Fact]
    public async Task A_rule_without_policies_never_tells()
    {
        var dora = await Server.AddUserAsync("rule-dora");
        var group = await Server.AddGroupAsync("silent", members: dora);
        await fixture.MakeAsync("events/rules/", $$"""{"name": "silent", "destination_group": "{{group}}"}""");
        await fixture.HappenAsync("custom_silent");
        (await fixture.ShownAsync(dora)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_rule_and_a_disabled_binding_no_longer_tell()
    {
        var emil = await Server.AddUserAsync("rule-emil");
        var rule = await fixture.MakeRuleAsync("custom_once", [], [emil]);
        await fixture.HappenAsync("custom_once");
        (await fixture.Root.CallAsync("DELETE", $"events/rules/{rule}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await fixture.HappenAsync("custom_once");
        (await fixture.ShownAsync(emil)).Count.ShouldBe(1);
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM policy_binding WHERE target = '{rule}'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_no_rule_is_about_makes_no_work()
    {
        var fritz = await Server.AddUserAsync("rule-fritz");
        await fixture.MakeRuleAsync("custom_other", [], [fritz]);
        await fixture.HappenAsync("custom_other");
        var before = await Server.Database.ScalarAsync<long>("SELECT last_value FROM job_id_seq");
        await fixture.HappenAsync("custom_nothing_listens");
        (await Server.Database.ScalarAsync<long>("SELECT last_value FROM job_id_seq")).ShouldBe(before);
    }

    [Fact]
    public async Task A_policy_that_a_rule_asks_does_not_set_the_rule_off_by_failing()
    {
        var gerd = await Server.AddUserAsync("rule-gerd");
        var policy = await fixture.MakeAsync("policies/expression/", """{"name": "always broken", "expression": "return 1 / 0"}""");
        var group = await Server.AddGroupAsync("loop", members: gerd);
        var rule = await fixture.MakeAsync("events/rules/", $$"""{"name": "loop", "destination_group": "{{group}}"}""");
        await fixture.MakeAsync("policies/bindings/", $$"""{"target": "{{rule}}", "policy": "{{policy}}", "order": 0, "failure_result": true}""");
        await fixture.HappenAsync("custom_any");
        // For the event itself, but not for the exception that the policy left by deciding.
        var bodies = (await fixture.ShownAsync(gerd)).Select(n => n!["body"]!.ToString()).ToList();
        bodies.Count(b => b.StartsWith("custom_any", StringComparison.Ordinal)).ShouldBe(1);
        bodies.ShouldNotContain(b => b.StartsWith("policy_exception", StringComparison.Ordinal));
        await fixture.Root.CallAsync("DELETE", $"events/rules/{rule}/");
        await fixture.WorkAsync();
    }

    [Fact]
    public async Task Doing_the_dispatch_twice_shows_it_once()
    {
        var hans = await Server.AddUserAsync("rule-hans");
        await fixture.MakeRuleAsync("custom_twice", [], [hans]);
        var entry = await fixture.HappenAsync("custom_twice");
        await Server.Database.ExecuteAsync($$"""
            INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('notifications.dispatch', '{"event": "{{entry.Pk}}"}', now(), now() - interval '1 hour', 0, '')
            """);
        (await fixture.WorkAsync()).ShouldBeGreaterThan(0);
        (await fixture.ShownAsync(hans)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Names_are_unique_and_groups_must_exist()
    {
        await fixture.MakeAsync("events/rules/", """{"name": "unique"}""");
        (await fixture.Root.PostApiAsync("events/rules/", """{"name": "unique"}""")).Text.ShouldContain("name");
        var missing = await fixture.Root.PostApiAsync("events/rules/", $$"""{"name": "nobody", "destination_group": "{{Guid.NewGuid()}}", "transports": ["{{Guid.NewGuid()}}"]}""");
        missing.Status.ShouldBe(HttpStatusCode.BadRequest);
        missing.Json["destination_group"].ShouldNotBeNull();
        missing.Json["transports"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_the_rights_rules_and_transports_are_closed()
    {
        var nobody = await fixture.ProgramAsync(await Server.AddUserAsync("rule-nobody"));
        foreach (var path in (string[])["events/rules/", "events/transports/", "propertymappings/notification/"])
        {
            (await nobody.GetApiAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await nobody.PostApiAsync(path, """{"name": "x", "expression": "return 1"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await Server.Program().GetApiAsync(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Shipped_rules_are_bound_and_tell_the_administrators()
    {
        var rules = await fixture.Root.GetApiAsync("events/rules/?search=default-notify");
        rules.Each("name").ShouldBe(["\"default-notify-configuration-error\"", "\"default-notify-configuration-warning\"", "\"default-notify-exception\"", "\"default-notify-export-ready\"", "\"default-notify-license-status\"", "\"default-notify-update\""]);
        rules.Json["results"]!.AsArray().Where(r => !r!["destination_event_user"]!.GetValue<bool>()).ShouldAllBe(r => r!["destination_group_obj"]!["name"]!.ToString() == "authentik Admins" && r["transports"]!.AsArray().Count == (r["name"]!.ToString() == "default-notify-license-status" ? 1 : 2));
    }
}
