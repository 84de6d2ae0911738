using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Flows;

/// <summary>Every change of a flow leaves a version that one can look at and go back to.</summary>
public sealed class VersionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Each_change_leaves_a_version_and_one_that_changes_nothing_leaves_none()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        (await VersionsAsync(admin, slug)).ShouldBe(["1: added authentik_flows.flow"]);
        var stage = await make.StageAsync();
        (await VersionsAsync(admin, slug)).Count.ShouldBe(1);
        var bound = await make.BindAsync(flow, stage, 10);
        await make.PolicyAsync(bound, "return True");
        (await PatchAsync(admin, $"flows/instances/{slug}/", """{"title": "Another title"}""")).ShouldBe(HttpStatusCode.OK);
        (await PatchAsync(admin, $"flows/instances/{slug}/", """{"title": "Another title"}""")).ShouldBe(HttpStatusCode.OK);
        (await PatchAsync(admin, $"stages/dummy/{stage}/", """{"throw_error": true}""")).ShouldBe(HttpStatusCode.OK);
        var policy = (await admin.GetApiAsync($"policies/bindings/?target={bound}")).Json["results"]![0]!["policy"]!.ToString();
        (await PatchAsync(admin, $"policies/expression/{policy}/", """{"expression": "return False"}""")).ShouldBe(HttpStatusCode.OK);
        (await admin.DeleteAsync(new Uri($"/api/v3/policies/all/{policy}/", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await VersionsAsync(admin, slug)).ShouldBe(
        [
            "7: removed authentik_policies.policybinding, removed authentik_policies_expression.expressionpolicy",
            "6: changed authentik_policies_expression.expressionpolicy",
            "5: changed authentik_stages_dummy.dummystage",
            "4: changed authentik_flows.flow",
            "3: added authentik_policies.policybinding, added authentik_policies_expression.expressionpolicy",
            "2: added authentik_flows.flowstagebinding, added authentik_stages_dummy.dummystage",
            "1: added authentik_flows.flow",
        ]);
        var newest = (await admin.GetApiAsync($"flows/instances/{slug}/versions/")).Json[0]!;
        newest["username"]!.ToString().ShouldStartWith("root-");
        newest["content"].ShouldBeNull();
        (await admin.GetApiAsync($"flows/instances/{slug}/versions/4/")).Json["content"]!.ToString().ShouldContain("title: Another title");
        (await admin.GetApiAsync($"flows/instances/{slug}/versions/8/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_policy_that_is_moved_to_another_flow_leaves_a_version_of_both()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (one, oneSlug) = await make.FlowAsync();
        var (two, twoSlug) = await make.FlowAsync();
        await make.PolicyAsync(one, "return True");
        var binding = (await admin.GetApiAsync($"policies/bindings/?target={one}")).Json["results"]![0]!["pk"]!.ToString();
        (await PatchAsync(admin, $"policies/bindings/{binding}/", $$"""{"target": "{{two}}"}""")).ShouldBe(HttpStatusCode.OK);
        (await VersionsAsync(admin, oneSlug))[0].ShouldStartWith("3: removed authentik_policies.policybinding");
        (await VersionsAsync(admin, twoSlug))[0].ShouldStartWith("2: added authentik_policies.policybinding");
    }

    [Fact]
    public async Task Reverting_brings_back_order_values_and_policies_and_takes_away_what_was_bound_since()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        var stage = await make.StageAsync();
        string[] bound = [await make.BindAsync(flow, stage, 10), await make.BindAsync(flow, await make.StageAsync(), 20)];
        await make.PolicyAsync(bound[0], "return True");
        var then = (await VersionsAsync(admin, slug)).Count;
        var policy = (await admin.GetApiAsync($"policies/bindings/?target={bound[0]}")).Json["results"]![0]!;

        (await PatchAsync(admin, $"flows/instances/{slug}/", $$"""{"denied_action": "message", "slug": "{{slug}}x"}""")).ShouldBe(HttpStatusCode.OK);
        slug += "x";
        (await admin.PostApiAsync($"flows/bindings/{bound[1]}/move/", """{"place": 0}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await PatchAsync(admin, $"stages/dummy/{stage}/", """{"throw_error": true}""")).ShouldBe(HttpStatusCode.OK);
        (await admin.DeleteAsync(new Uri($"/api/v3/policies/bindings/{policy["pk"]}/", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var added = await make.BindAsync(flow, await make.StageAsync(), 30);
        await make.PolicyAsync(added, "return False");

        var plan = await admin.GetApiAsync($"flows/instances/{slug}/versions/{then}/plan/");
        plan.Status.ShouldBe(HttpStatusCode.OK, plan.Text);
        Actions(plan).ShouldBe(
        [
            "created authentik_policies.policybinding", "deleted authentik_flows.flowstagebinding", "updated authentik_flows.flow",
            "updated authentik_flows.flowstagebinding", "updated authentik_flows.flowstagebinding", "updated authentik_stages_dummy.dummystage",
        ]);
        (await make.OrderAsync(flow)).ShouldBe([bound[1], bound[0], added]);

        var done = await admin.PostApiAsync($"flows/instances/{slug}/versions/{then}/revert/", "{}");
        done.Status.ShouldBe(HttpStatusCode.OK, done.Text);
        slug = slug[..^1];
        (await make.OrderAsync(flow)).ShouldBe(bound);
        (await admin.GetApiAsync($"flows/instances/{slug}/")).Json["denied_action"]!.ToString().ShouldBe("message_continue");
        (await admin.GetApiAsync($"stages/dummy/{stage}/")).Json["throw_error"]!.GetValue<bool>().ShouldBeFalse();
        var back = (await admin.GetApiAsync($"policies/bindings/?target={bound[0]}")).Json["results"]![0]!;
        (back["pk"]!.ToString(), back["policy"]!.ToString()).ShouldBe((policy["pk"]!.ToString(), policy["policy"]!.ToString()));
        // Going back is a change of its own, so one can go forward again.
        var versions = (await admin.GetApiAsync($"flows/instances/{slug}/versions/")).Json;
        var texts = await Task.WhenAll(new[] { then, versions[0]!["number"]!.GetValue<int>() }.Select(async n => (await admin.GetApiAsync($"flows/instances/{slug}/versions/{n}/")).Json["content"]!.ToString()));
        texts[1].ShouldBe(texts[0]);
        Actions(await admin.GetApiAsync($"flows/instances/{slug}/versions/{then}/plan/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_would_change_by_going_back_to_what_is()
    {
        using var admin = await server.SuperuserAsync();
        foreach (var slug in (await admin.GetApiAsync("flows/instances/?page_size=100")).Json["results"]!.AsArray().Select(f => f!["slug"]!.ToString()).Where(s => s.StartsWith("default-", StringComparison.Ordinal) || s == "initial-setup"))
        {
            var newest = (await admin.GetApiAsync($"flows/instances/{slug}/versions/")).Json[0]!;
            newest["username"].ShouldBeNull();
            var plan = await admin.GetApiAsync($"flows/instances/{slug}/versions/{newest["number"]}/plan/");
            plan.Status.ShouldBe(HttpStatusCode.OK, $"{slug}: {plan.Text}");
            Actions(plan).ShouldBeEmpty(slug);
        }
    }

    [Fact]
    public async Task Versions_need_the_right_to_export_and_reverting_what_an_import_needs()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        await make.BindAsync(flow, await make.StageAsync(), 10);
        using var viewer = await server.WithRightsAsync("authentik_flows.view_flow");
        foreach (var path in (string[])["", "1/", "1/plan/"])
            (await viewer.GetApiAsync($"flows/instances/{slug}/versions/{path}")).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        using var exporter = await server.WithRightsAsync("authentik_flows.view_flow", "authentik_flows.export_flow", "authentik_flows.change_flow");
        (await exporter.GetApiAsync($"flows/instances/{slug}/versions/1/")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await exporter.PostApiAsync($"flows/instances/{slug}/versions/1/revert/", "{}");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Text.ShouldContain("User lacks permission to create authentik_flows.flow");
        (await make.OrderAsync(flow)).Count.ShouldBe(1);
        using var anonymous = server.Program();
        (await anonymous.PostApiAsync($"flows/instances/{slug}/versions/1/revert/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_cannot_be_brought_back_leaves_everything_as_it_is()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var (flow, slug) = await make.FlowAsync();
        var group = await server.AddGroupAsync($"g-{Guid.NewGuid():N}");
        (await admin.PostApiAsync("policies/bindings/", $$"""{"target": "{{flow}}", "group": "{{group}}", "order": 0}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.DeleteAsync(new Uri($"/api/v3/core/groups/{group}/", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PatchAsync(admin, $"flows/instances/{slug}/", """{"title": "Later"}""")).ShouldBe(HttpStatusCode.OK);
        var refused = await admin.PostApiAsync($"flows/instances/{slug}/versions/2/revert/", "{}");
        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
        refused.Text.ShouldContain("object does not exist");
        (await admin.GetApiAsync($"flows/instances/{slug}/")).Json["title"]!.ToString().ShouldBe("Later");
    }

    [Fact]
    public async Task Only_the_newest_are_kept()
    {
        using var admin = await server.SuperuserAsync();
        var (_, slug) = await new FlowMaker(admin).FlowAsync();
        for (var i = 0; i < 52; i++)
            (await PatchAsync(admin, $"flows/instances/{slug}/", $$"""{"title": "Title {{i}}"}""")).ShouldBe(HttpStatusCode.OK);
        var versions = (await admin.GetApiAsync($"flows/instances/{slug}/versions/")).Json.AsArray();
        (versions.Count, versions[0]!["number"]!.GetValue<int>(), versions[^1]!["number"]!.GetValue<int>()).ShouldBe((50, 53, 4));
    }

    [Fact]
    public async Task A_version_costs_as_many_statements_for_many_stages_as_for_few()
    {
        using var admin = await server.SuperuserAsync();
        var make = new FlowMaker(admin);
        var counts = new List<int>();
        foreach (var stages in (int[])[2, 12])
        {
            var (flow, slug) = await make.FlowAsync();
            for (var i = 0; i < stages; i++)
                await make.PolicyAsync(await make.BindAsync(flow, await make.StageAsync(), i), "return True");
            await PatchAsync(admin, $"flows/instances/{slug}/", """{"title": "Once"}""");
            using var count = new StatementCount(server.Database);
            await PatchAsync(admin, $"flows/instances/{slug}/", """{"title": "Twice"}""");
            counts.Add(count.Value);
        }
        // Jobs of the server ask a little beside it.
        counts[1].ShouldBeInRange(counts[0] - 8, counts[0] + 8);
        counts[1].ShouldBeLessThan(45);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<HttpStatusCode> PatchAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PatchAsync(new Uri($"/api/v3/{path}", UriKind.Relative), content, Cancellation);
        return answer.StatusCode;
    }

    static async Task<IReadOnlyList<string>> VersionsAsync(HttpClient client, string slug) =>
        [.. (await client.GetApiAsync($"flows/instances/{slug}/versions/")).Json.AsArray()
            .Select(v => $"{v!["number"]}: {string.Join(", ", v["changes"]!.AsArray().Select(c => $"{c!["change"]} {c["model"]}").Order(StringComparer.Ordinal))}")];

    static IReadOnlyList<string> Actions(Answer plan) =>
        [.. plan.Json["entries"]!.AsArray().Where(e => e!["action"]!.ToString() is not "unchanged").Select(e => $"{e!["action"]} {e["model"]}").Order(StringComparer.Ordinal)];
}
