using Postern.Kernel.Access;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>A blueprint with anything wrong in it changes nothing, and the report names every problem with its place.</summary>
public sealed class ImportProblemTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    [Fact]
    public async Task Every_problem_is_reported_and_nothing_stays()
    {
        var (groups, users) = (await Server.CountAsync("group"), await Server.CountAsync("user"));

        var report = await Server.ImportAsync("""
            entries:
              - model: authentik_core.group
                identifiers: {name: Would be fine}
              - model: authentik_nowhere.thing
                identifiers: {name: x}
              - model: authentik_core.user
                identifiers: {username: wrong}
                attrs:
                  name: Wrong
                  email: not-an-address
                  is_active: maybe
                  groups: [6f8b1b0e-0000-4000-8000-000000000000]
              - model: authentik_core.user
                identifiers: {username: nameless}
              - model: authentik_core.group
                identifiers: {title: x}
              - model: authentik_core.group
              - model: authentik_policies.policy
                identifiers: {name: abstract}
              - model: authentik_core.group
                state: !Context [s, gone]
                identifiers: {name: x}
              - model: authentik_core.group
                identifiers: {name: x}
                permissions: [{permission: authentik_core.view_group}]
            """);

        report.IsSuccess.ShouldBeFalse();
        report.Problems().ShouldBe(
        [
            "4: App or Model does not exist: authentik_nowhere.thing",
            "10: email: Enter a valid email address.",
            "11: is_active: Must be a valid boolean.",
            "12: groups: Invalid pk \"6f8b1b0e-0000-4000-8000-000000000000\" - object does not exist.",
            "13: name: This field is required.",
            "16: Invalid identifier field: title",
            "17: No or invalid identifiers",
            "18: Model authentik_policies.policy not allowed",
            "21: `state` is one of present, created, must_created, absent.",
            "25: A permission names one `user` or one `role`, by primary key.",
        ]);
        (await Server.CountAsync("group"), await Server.CountAsync("user")).ShouldBe((groups, users));
    }

    [Fact]
    public async Task The_last_entry_takes_all_others_back()
    {
        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: a, identifiers: {name: Rolled back}}
              - {model: authentik_core.group, identifiers: {name: Rolled back too}, attrs: {parents: [!KeyOf a]}}
              - {model: authentik_core.group, identifiers: {name: ""}}
            """);

        report.Problems().ShouldBe(["4: name: This field may not be blank."]);
        (await Server.GroupAsync("Rolled back")).ShouldBeNull();
    }

    [Fact]
    public async Task What_builds_on_a_failed_entry_says_so() => (await Server.ImportAsync("""
        entries:
          - {model: authentik_core.group, id: broken, identifiers: {name: ""}}
          - {model: authentik_core.group, id: dependent, identifiers: {name: Dependent}, attrs: {parents: [!KeyOf broken]}}
        """)).Problems().ShouldBe(["2: name: This field may not be blank.", "3: KeyOf: the entry with `id` of `broken` failed"]);

    [Fact]
    public async Task Entries_that_take_the_same_unique_value_are_refused() => (await Server.ImportAsync("""
        entries:
          - {model: authentik_core.user, identifiers: {username: twice}, attrs: {name: a}}
          - {model: authentik_core.user, identifiers: {email: twice@example.org}, attrs: {name: b, username: TWICE}}
        """)).Problems().ShouldHaveSingleItem().ShouldStartWith("3: ");

    [Fact]
    public async Task A_constraint_of_the_database_is_a_problem_of_its_entry()
    {
        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: self, identifiers: {pk: 7a2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a02, name: Own parent}}
              - {model: authentik_core.group, identifiers: {name: Own parent}, attrs: {parents: [!KeyOf self]}}
              - {model: authentik_core.group, identifiers: {name: Still tried, is_superuser: perhaps}}
            """);

        report.Problems().Length.ShouldBe(2);
        report.Problems()[0].ShouldStartWith("3: ");
        report.Problems()[1].ShouldBe("4: is_superuser: Must be a valid boolean.");
    }

    [Fact]
    public async Task Callers_need_all_rights_on_every_model()
    {
        var nobody = new Caller(4711, "nobody", IsSuperuser: false, CallerKind.User);

        var report = await Server.ImportAsync("""
            entries:
              first:
                - {model: authentik_core.group, id: grp, identifiers: {name: Denied}}
              second:
                - {model: authentik_core.user, conditions: [no], identifiers: {username: denied}}
                - {model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: x}}}
            """, caller: nobody);

        report.IsSuccess.ShouldBeFalse();
        report.Denied.Select(denied => $"{denied.Key}: {denied.Value}").ShouldBe(
        [
            "grp: User lacks permission to create authentik_core.group",
            "entries.second[0]: User lacks permission to create authentik_core.user",
            "entries.second[1]: User lacks permission to create authentik_blueprints.metaapplyblueprint",
        ]);
        (await Server.GroupAsync("Denied")).ShouldBeNull();
    }

    [Fact]
    public async Task A_superuser_may_import_and_is_named_in_the_events()
    {
        var administrator = new Caller(1, "administrator", IsSuperuser: true, CallerKind.User);

        (await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Audited}}]", caller: administrator)).IsSuccess.ShouldBeTrue();

        (await Server.Database.ScalarAsync<string>("SELECT \"user\"->>'username' FROM event WHERE context->'model'->>'name' = 'Audited'")).ShouldBe("administrator");
    }
}
