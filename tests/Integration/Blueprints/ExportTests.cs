using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Exporting;
using Postern.Flows;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>What is exported can be imported: where it came from without a change, and elsewhere as the same thing.</summary>
public sealed class ExportTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Source = """
        entries:
          - {model: authentik_core.group, id: team, identifiers: {name: Export team}, attrs: {attributes: {b: 1, a: [x, {y: "1"}]}}}
          - id: flow
            model: authentik_flows.flow
            identifiers: {slug: export-me}
            attrs: {name: Export me, title: "Hello: you", designation: enrollment}
          - id: field
            model: authentik_stages_prompt.prompt
            identifiers: {name: export-field}
            attrs: {field_key: email, label: Email, type: email, order: 3, initial_value_expression: true, initial_value: "if user:\n    return user.email\nreturn \"\"\n"}
          - id: check
            model: authentik_policies_expression.expressionpolicy
            identifiers: {name: export-check}
            attrs: {expression: return True}
          - id: prompt
            model: authentik_stages_prompt.promptstage
            identifiers: {name: export-prompt}
            attrs: {fields: [!KeyOf field], validation_policies: [!KeyOf check]}
          - id: write
            model: authentik_stages_user_write.userwritestage
            identifiers: {name: export-write}
            attrs: {create_users_group: !KeyOf team}
          - id: binding
            model: authentik_flows.flowstagebinding
            identifiers: {target: !KeyOf flow, stage: !KeyOf prompt, order: 10}
          - model: authentik_flows.flowstagebinding
            identifiers: {target: !KeyOf flow, stage: !KeyOf write, order: 20}
          - model: authentik_policies.policybinding
            identifiers: {target: !KeyOf binding, policy: !KeyOf check, order: 0}
        """;

    [Fact]
    public async Task A_flow_takes_its_parts_along_and_imports_without_a_change()
    {
        (await fixture.Server.ImportAsync(Source)).Problems().ShouldBeEmpty();

        var yaml = await ExportAsync(fixture.Server, "export-me");
        var again = await fixture.Server.ImportAsync(yaml);

        again.Problems().ShouldBeEmpty(yaml);
        again.Entries.Select(entry => $"{entry.Model} {entry.Action} {entry.Changes.ToJsonString()}").ShouldBe(
        [
            "authentik_policies_expression.expressionpolicy Unchanged {}",
            "authentik_flows.flow Unchanged {}",
            "authentik_stages_prompt.prompt Unchanged {}",
            "authentik_stages_prompt.promptstage Unchanged {}",
            "authentik_flows.flowstagebinding Unchanged {}",
            "authentik_stages_user_write.userwritestage Unchanged {}",
            "authentik_flows.flowstagebinding Unchanged {}",
            "authentik_policies.policybinding Unchanged {}",
        ], ignoreOrder: true);
        // The group is no part of the flow, so it is looked up by name where the flow is imported.
        yaml.ShouldContain("create_users_group: !Find [authentik_core.group, [name, Export team]]");
        yaml.ShouldContain("initial_value: |\n");
        (await ExportAsync(fixture.Server, "export-me")).ShouldBe(yaml);
    }

    [Fact]
    public async Task A_flow_can_be_carried_to_another_server()
    {
        (await fixture.Server.ImportAsync(Source)).Problems().ShouldBeEmpty();
        var yaml = await ExportAsync(fixture.Server, "export-me");
        await using var other = await TestServer.StartAsync();
        await other.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Export team}}]");

        (await other.ImportAsync(yaml)).Problems().ShouldBeEmpty(yaml);

        (await ExportAsync(other, "export-me")).ShouldBe(yaml);
    }

    [Fact]
    public async Task Everything_can_be_carried_to_another_server()
    {
        (await fixture.Server.ImportAsync(Source)).Problems().ShouldBeEmpty();
        // A circle: the stage belongs to a flow that sets the stage up.
        (await fixture.Server.ImportAsync("""
            entries:
              - {id: setup, model: authentik_flows.flow, identifiers: {slug: circle}, attrs: {name: Circle, title: Circle, designation: stage_configuration}}
              - {id: stage, model: authentik_stages_password.passwordstage, identifiers: {name: circle-stage}, attrs: {backends: [authentik.core.auth.InbuiltBackend], configure_flow: !KeyOf setup}}
              - {model: authentik_flows.flowstagebinding, identifiers: {target: !KeyOf setup, stage: !KeyOf stage, order: 0}}
              - {model: authentik_core.user, identifiers: {username: exported-user}, attrs: {name: Exported, groups: [!Find [authentik_core.group, [name, Export team]]]}}
            """)).Problems().ShouldBeEmpty();
        var yaml = await EverythingAsync(fixture.Server);

        await using var other = await TestServer.StartAsync();
        var report = await other.ImportAsync(yaml);

        report.Problems().ShouldBeEmpty();
        (await other.ImportAsync(yaml)).Entries.Where(entry => entry.Action is not Postern.Blueprints.Importing.EntryAction.Unchanged)
            .Select(entry => $"{entry.Model} {entry.Identifiers.ToJsonString()} {entry.Action} {entry.Changes.ToJsonString()}").ShouldBeEmpty();
        (await other.Database.ScalarAsync<long>("SELECT count(*) FROM user_group g JOIN \"user\" u ON u.pk = g.user_pk WHERE u.username = 'exported-user'")).ShouldBe(1);
        yaml.ShouldNotContain("password:");
    }

    static Task<string> ExportAsync(TestServer server, string slug) => server.InScopeAsync(async services =>
    {
        var flow = await services.GetRequiredService<PosternDb>().Set<Flow>().AsNoTracking().SingleAsync(f => f.Slug == slug, TestContext.Current.CancellationToken);
        return await services.GetRequiredService<ExportObjects>().WithPartsAsync(FlowKind.Kind, flow, TestContext.Current.CancellationToken);
    });

    static Task<string> EverythingAsync(TestServer server) =>
        server.InScopeAsync(services => services.GetRequiredService<ExportObjects>().EverythingAsync(Caller.System, TestContext.Current.CancellationToken));
}
