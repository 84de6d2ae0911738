using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>What a blueprint would change, told without changing it.</summary>
public sealed class PlanTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_changed_and_deleted_are_told_field_by_field_with_secrets_hidden()
    {
        using var admin = await server.SuperuserAsync();
        var name = $"plan-{Guid.NewGuid():N}";
        var user = await server.AddUserAsync(name);
        await server.AddGroupAsync($"{name}-old", members: user);
        var plan = await PlanAsync(admin, $$"""
            entries:
              - {model: authentik_core.group, identifiers: {name: {{name}}-new}, attrs: {attributes: {floor: 2} } }
              - {model: authentik_core.user, identifiers: {username: {{name}}}, attrs: {name: Somebody, password: very secret indeed} }
              - {model: authentik_core.group, identifiers: {name: {{name}}-old}, state: absent}
              - {model: authentik_stages_captcha.captchastage, identifiers: {name: {{name}}}, attrs: {public_key: a, private_key: hidden key} }
            """);
        plan["success"]!.GetValue<bool>().ShouldBeTrue(plan.ToJsonString());
        var entries = plan["entries"]!.AsArray();
        entries.Select(e => e!["action"]!.ToString()).ShouldBe(["created", "updated", "deleted", "created"]);
        entries[0]!["values"]!.ToJsonString().ShouldBe($$"""{"name":"{{name}}-new","attributes":{"floor":2} }""".Replace(" ", "", StringComparison.Ordinal));
        entries[1]!["changes"]!["name"]!.ToJsonString().ShouldBe($$"""{"previous_value":"{{name}}","new_value":"Somebody"}""");
        entries[3]!["values"]!["private_key"]!.ToString().ShouldBe("********************");
        plan.ToJsonString().ShouldNotContain("secret indeed");
        plan.ToJsonString().ShouldNotContain("hidden key");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"group\" WHERE name = '{name}-old'")).ShouldBe(1);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"group\" WHERE name = '{name}-new'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_deletion_takes_along_is_told()
    {
        using var admin = await server.SuperuserAsync();
        var name = $"take-{Guid.NewGuid():N}";
        var flow = (await admin.PostApiAsync("flows/instances/", $$"""{"name": "{{name}}", "slug": "{{name[..20]}}", "title": "t", "designation": "enrollment"}""")).Json["pk"]!.ToString();
        var stage = (await admin.PostApiAsync("stages/dummy/", $$"""{"name": "{{name}}"}""")).Json["pk"]!.ToString();
        await admin.PostApiAsync("flows/bindings/", $$"""{"target": "{{flow}}", "stage": "{{stage}}", "order": 0}""");
        var plan = await PlanAsync(admin, $$"""entries: [{model: authentik_flows.flow, identifiers: {slug: {{name[..20]}}}, state: absent}]""");
        plan["entries"]![0]!["uses"]!.AsArray().Select(u => $"{u!["model_name"]} {u["action"]}").ShouldBe(["flowstagebinding cascade"]);
    }

    [Fact]
    public async Task An_instance_tells_how_far_the_installation_has_drifted()
    {
        using var admin = await server.SuperuserAsync();
        var name = $"drift-{Guid.NewGuid():N}";
        var yaml = $$"""{"version": 1, "entries": [{"model": "authentik_core.group", "identifiers": {"name": "{{name}}"}, "attrs": {"attributes": {"a": 1} } }]}""";
        var instance = (await admin.PostApiAsync("managed/blueprints/", new JsonObject { ["name"] = name, ["content"] = yaml, ["enabled"] = false }.ToJsonString())).Json["pk"]!.ToString();
        var first = (await admin.GetApiAsync($"managed/blueprints/{instance}/plan/")).Json;
        (first["changed_since"]!.GetValue<bool>(), first["entries"]![0]!["action"]!.ToString()).ShouldBe((true, "created"));
        await server.AddGroupAsync(name);
        (await admin.GetApiAsync($"managed/blueprints/{instance}/plan/")).Json["entries"]![0]!["changes"]!["attributes"]!["new_value"]!.ToJsonString().ShouldBe("""{"a":1}""");
        using var viewer = await server.WithRightsAsync("authentik_blueprints.view_blueprintinstance");
        (await viewer.GetApiAsync($"managed/blueprints/{instance}/plan/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.GetApiAsync($"managed/blueprints/{Guid.NewGuid()}/plan/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_plan_needs_the_rights_of_the_import()
    {
        using var person = await server.WithRightsAsync("authentik_core.view_group");
        using var form = Form("entries: [{model: authentik_core.group, id: g, identifiers: {name: Planned}}]");
        var refused = await person.PostAsync("/api/v3/managed/blueprints/plan/", form, Cancellation);
        (refused.StatusCode, await refused.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.Forbidden, """{"g":"User lacks permission to create authentik_core.group"}"""));
    }

    static MultipartFormDataContent Form(string yaml) => new() { { new ByteArrayContent(Encoding.UTF8.GetBytes($"version: 1\n{yaml}")), "file", "plan.yaml" } };

    static async Task<JsonNode> PlanAsync(HttpClient client, string yaml)
    {
        using var form = Form(yaml);
        var answer = await client.PostAsync("/api/v3/managed/blueprints/plan/", form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }
}
