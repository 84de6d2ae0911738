using Postern.Blueprints.Importing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>Blueprints that apply other blueprints do so within the same transaction.</summary>
public sealed class MetaTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    [Fact]
    public async Task Another_instance_is_applied_first_with_its_own_context()
    {
        await InstanceAsync("inner", "entries: [{model: authentik_core.group, identifiers: {name: !Context n}}]", """{"n": "Made by inner"}""");

        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: inner}}}
              - {model: authentik_core.group, identifiers: {name: Outer}, attrs: {parents: [!Find [authentik_core.group, [name, Made by inner]]]}}
            """);

        report.Problems().ShouldBeEmpty();
        report.Entries[0].Action.ShouldBe(EntryAction.Applied);
        report.Entries[0].Nested!.Actions().ShouldBe(["authentik_core.group Created"]);
        (await Server.Database.ScalarAsync<string>("SELECT status FROM blueprint_instance WHERE name = 'inner'")).ShouldBe("successful");
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM group_parent p JOIN \"group\" g ON g.pk = p.child_pk WHERE g.name = 'Outer'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_one_fails_only_where_it_is_required()
    {
        (await Server.ImportAsync("entries: [{model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: nowhere}}}]"))
            .Problems().ShouldBe(["1: Required blueprint does not exist"]);

        var optional = await Server.ImportAsync("entries: [{model: authentik_blueprints.metaapplyblueprint, attrs: {required: false, identifiers: {name: nowhere}}}]");

        (optional.IsSuccess, optional.Entries[0].Action).ShouldBe((true, EntryAction.Skipped));
    }

    [Fact]
    public async Task A_failing_one_fails_what_requires_it_and_leaves_nothing_where_it_is_not()
    {
        await InstanceAsync("failing", "entries: [{model: authentik_core.group, identifiers: {name: Half done}}, {model: authentik_core.nothing, identifiers: {name: x}}]");
        const string yaml = """
            entries:
              - {model: authentik_blueprints.metaapplyblueprint, attrs: {required: !Context must, identifiers: {name: failing}}}
              - {model: authentik_core.group, identifiers: {name: Goes on}}
            """;

        var required = await Server.ImportAsync("context: {must: true}\n" + yaml);
        required.Problems().ShouldBe(["3: The blueprint `failing` cannot be applied: line 1, column 82: entries[1].model: App or Model does not exist: authentik_core.nothing"]);
        (await Server.GroupAsync("Goes on")).ShouldBeNull();

        var optional = await Server.ImportAsync("context: {must: false}\n" + yaml);
        optional.Warnings().ShouldHaveSingleItem().ShouldStartWith("3: The blueprint `failing` cannot be applied");
        (await Server.GroupAsync("Goes on")).ShouldNotBeNull();
        (await Server.GroupAsync("Half done")).ShouldBeNull();
        (await Server.Database.ScalarAsync<string>("SELECT status FROM blueprint_instance WHERE name = 'failing'")).ShouldBe("error");
    }

    [Fact]
    public async Task Blueprints_that_apply_each_other_end()
    {
        await InstanceAsync("ping", "entries: [{model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: pong}}}, {model: authentik_core.group, identifiers: {name: Ping}}]");
        await InstanceAsync("pong", "entries: [{model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: ping}}}, {model: authentik_core.group, identifiers: {name: Pong}}]");

        (await Server.ImportAsync("entries: [{model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: ping}}}]")).IsSuccess.ShouldBeTrue();

        (await Server.GroupAsync("Ping")).ShouldNotBeNull();
        (await Server.GroupAsync("Pong")).ShouldNotBeNull();
    }

    async Task InstanceAsync(string name, string content, string context = "{}") => await Server.Database.ExecuteAsync($$"""
        INSERT INTO blueprint_instance VALUES (gen_random_uuid(), '{{name}}', '', '{{content}}', '{{context}}', true, 'unknown', '-infinity', '', '{}', '{}', '{}')
        """);
}
