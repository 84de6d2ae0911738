using System.Text.Json.Nodes;
using Postern.Blueprints.Importing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>What the states and identifiers of entries do to stored objects.</summary>
public sealed class ImportTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    [Fact]
    public async Task Objects_are_made_tied_together_and_found_again()
    {
        const string yaml = """
            entries:
              - model: authentik_core.group
                id: crew
                identifiers: {name: Crew}
                attrs: {attributes: {colour: red}}
              - model: authentik_core.user
                identifiers: {username: anna}
                attrs: {name: Anna, email: anna@example.org, groups: [!KeyOf crew]}
            """;

        (await Server.ImportAsync(yaml)).Actions().ShouldBe(["authentik_core.group Created", "authentik_core.user Created"]);
        (await Server.ImportAsync(yaml)).Actions().ShouldBe(["authentik_core.group Unchanged", "authentik_core.user Unchanged"]);
        var changed = await Server.ImportAsync(yaml.Replace("name: Anna", "name: Anna B.", StringComparison.Ordinal));

        changed.Actions().ShouldBe(["authentik_core.group Unchanged", "authentik_core.user Updated"]);
        changed.Entries[1].Changes.ToJsonString().ShouldBe("""{"name":{"previous_value":"Anna","new_value":"Anna B."}}""");
        changed.Entries[1].Pk.ShouldBe((await Server.UserAsync("anna"))!.Pk.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM user_group g JOIN \"user\" u ON u.pk = g.user_pk WHERE u.username = 'anna'")).ShouldBe(1);
        (await Server.GroupAsync("Crew"))!.Attributes["colour"]!.GetValue<string>().ShouldBe("red");
    }

    [Fact]
    public async Task Fields_that_are_not_named_keep_their_value()
    {
        await Server.ImportAsync("entries: [{model: authentik_core.user, identifiers: {username: keeper}, attrs: {name: Keeper, email: k@example.org}}]");
        await Server.ImportAsync("entries: [{model: authentik_core.user, identifiers: {username: keeper}, attrs: {name: Kept}}]");

        var user = (await Server.UserAsync("keeper"))!;
        (user.Name, user.Email).ShouldBe(("Kept", "k@example.org"));
    }

    [Fact]
    public async Task Created_leaves_an_existing_object_alone_but_names_it()
    {
        await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Old}, attrs: {attributes: {a: 1}}}]");

        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: old, state: created, identifiers: {name: Old}, attrs: {attributes: {a: 2}}}
              - {model: authentik_core.group, state: created, identifiers: {name: New below old}, attrs: {parents: [!KeyOf old]}}
            """);

        report.Actions().ShouldBe(["authentik_core.group Unchanged", "authentik_core.group Created"]);
        (await Server.GroupAsync("Old"))!.Attributes["a"]!.GetValue<int>().ShouldBe(1);
        (await Server.Database.ScalarAsync<long>("SELECT count(*) FROM group_parent p JOIN \"group\" c ON c.pk = p.child_pk WHERE c.name = 'New below old'")).ShouldBe(1);
    }

    [Fact]
    public async Task Must_created_refuses_what_exists()
    {
        const string yaml = "entries:\n  - model: authentik_core.group\n    state: !Context [s, must_created]\n    identifiers: {name: Once}\n";

        (await Server.ImportAsync(yaml)).IsSuccess.ShouldBeTrue();

        (await Server.ImportAsync(yaml)).Problems().ShouldBe(["4: name: State is set to must_created and object exists already"]);
    }

    [Fact]
    public async Task Absent_deletes_and_cannot_be_referred_to()
    {
        await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Gone}}]");

        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, state: absent, identifiers: {name: Gone}}
              - {model: authentik_core.group, state: absent, identifiers: {name: Never was}}
            """);

        report.Actions().ShouldBe(["authentik_core.group Deleted", "authentik_core.group Unchanged"]);
        (await Server.GroupAsync("Gone")).ShouldBeNull();
        var refers = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: gone, state: absent, identifiers: {name: Gone}}
              - {model: authentik_core.group, identifiers: {name: Child}, attrs: {parents: [!KeyOf gone]}}
            """);
        refers.Problems().ShouldBe(["3: KeyOf: failed to find entry with `id` of `gone` and a model instance"]);
    }

    [Fact]
    public async Task Conditions_skip_an_entry_without_a_word()
    {
        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, conditions: [true, !Context [x, no]], identifiers: {name: Skipped}}
              - {model: not.there, conditions: [!Condition [NOR, true]], identifiers: {name: Skipped}}
            """);

        report.Actions().ShouldBe(["authentik_core.group Skipped", "not.there Skipped"]);
        report.IsSuccess.ShouldBeTrue();
        (await Server.GroupAsync("Skipped")).ShouldBeNull();
    }

    [Fact]
    public async Task Either_the_key_or_all_other_identifiers_find_the_object()
    {
        await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {pk: 0d2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a01, name: Keyed}}]");
        (await Server.GroupAsync("Keyed"))!.Pk.ShouldBe(Guid.Parse("0d2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a01"));

        var byKey = await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {pk: 0d2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a01, name: Renamed}}]");
        var byName = await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {pk: 0d2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a99, name: Renamed}, attrs: {is_superuser: true}}]");
        var allOthers = await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Renamed, is_superuser: false}}]");

        byKey.Actions().ShouldBe(["authentik_core.group Updated"]);
        byName.Actions().ShouldBe(["authentik_core.group Updated"]);
        byName.Entries[0].Pk.ShouldBe("0d2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a01");
        // No group fits both, so a second one would be made, which the unique name forbids.
        allOthers.Problems().ShouldBe(["1: name: This field must be unique."]);
    }

    [Fact]
    public async Task Keys_of_an_export_are_replaced_by_the_keys_they_have_here()
    {
        await Server.ImportAsync("entries: [{model: authentik_core.group, identifiers: {name: Parent here}}]");

        var report = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, identifiers: {pk: 5a2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a02, name: Parent here}}
              - {model: authentik_core.group, identifiers: {name: Child here}, attrs: {parents: [{pk: ignored}], attributes: {parent: 5a2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a02}}}
              - {model: authentik_core.group, identifiers: {name: Second child}, attrs: {parents: [5a2c1c2e-9c1f-4f43-9d7e-0f3f3a1f6a02]}}
            """.Replace("parents: [{pk: ignored}], ", "", StringComparison.Ordinal));

        report.Problems().ShouldBeEmpty();
        var parent = (await Server.GroupAsync("Parent here"))!.Pk;
        (await Server.GroupAsync("Child here"))!.Attributes["parent"]!.GetValue<string>().ShouldBe(parent.ToString());
        (await Server.Database.ScalarAsync<Guid>("SELECT parent_pk FROM group_parent p JOIN \"group\" c ON c.pk = p.child_pk WHERE c.name = 'Second child'")).ShouldBe(parent);
    }

    [Fact]
    public async Task Older_names_of_models_and_any_case_are_understood() =>
        (await Server.ImportAsync("entries: [{model: Authentik_Core.Group, identifiers: {name: Any case}}]")).Actions().ShouldBe(["authentik_core.group Created"]);

    [Fact]
    public async Task Searches_look_through_lookups_references_and_json()
    {
        await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: g, identifiers: {name: Searched}, attrs: {attributes: {site: {floor: 3}}}}
              - {model: authentik_core.user, id: u, identifiers: {username: searched}, attrs: {name: Searched Person, email: "", groups: [!KeyOf g]}}
              - {model: authentik_core.token, identifiers: {identifier: searched-token}, attrs: {user: !KeyOf u, intent: api}}
            """);

        var report = await Server.ImportAsync("""
            entries:
              - model: authentik_core.group
                identifiers: {name: Results}
                attrs:
                  attributes:
                    exact: !Find [authentik_core.group, [name, Searched]]
                    icontains: !Find [authentik_core.user, [name__icontains, "SEARCHED p"]]
                    startswith: !Find [authentik_core.user, [name__startswith, "searched"]]
                    isnull: !Find [authentik_core.user, [username, searched], [last_login__isnull, true]]
                    in: !Find [authentik_core.user, [username__in, [nobody, searched]]]
                    through: !Find [authentik_core.token, [user__username, searched]]
                    links: !Find [authentik_core.user, [groups__name, Searched]]
                    json: !Find [authentik_core.group, [attributes__site__floor, 3]]
                    map: !Find [authentik_core.group, [attributes, {site: {floor: 3}}]]
                    object: !AtIndex [!FindObject [authentik_core.user, [username, searched]], name]
                    key: !Find [authentik_core.user, [pk__gt, 0], [username, searched]]
            """);

        report.Problems().ShouldBeEmpty();
        report.Warnings().ShouldBe(["8: No authentik_core.user matches name__startswith = searched; the value is null."]);
        var (group, user) = ((await Server.GroupAsync("Searched"))!.Pk, (await Server.UserAsync("searched"))!.Pk);
        var token = await Server.Database.ScalarAsync<Guid>("SELECT pk FROM token WHERE identifier = 'searched-token'");
        (await Server.GroupAsync("Results"))!.Attributes.ShouldSatisfyAllConditions(
            found => found["exact"]!.GetValue<string>().ShouldBe(group.ToString()),
            found => found["icontains"]!.GetValue<int>().ShouldBe(user),
            found => found["startswith"].ShouldBeNull(),
            found => found["isnull"]!.GetValue<int>().ShouldBe(user),
            found => found["in"]!.GetValue<int>().ShouldBe(user),
            found => found["through"]!.GetValue<string>().ShouldBe(token.ToString()),
            found => found["links"]!.GetValue<int>().ShouldBe(user),
            found => found["json"]!.GetValue<string>().ShouldBe(group.ToString()),
            found => found["map"]!.GetValue<string>().ShouldBe(group.ToString()),
            found => found["object"]!.GetValue<string>().ShouldBe("Searched Person"),
            found => found["key"]!.GetValue<int>().ShouldBe(user));
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_with_a_warning()
    {
        var report = await Server.ImportAsync("""
            entries:
              - model: authentik_core.group
                identifiers: {name: Warned}
                attrs:
                  templet: x
                  num_pk: 5
            """);

        report.IsSuccess.ShouldBeTrue();
        report.Warnings().ShouldBe(
        [
            "5: authentik_core.group has no field `templet`; it is ignored.",
            "6: The field `num_pk` of authentik_core.group cannot be set; it is ignored.",
        ]);
    }

    [Fact]
    public async Task A_dry_run_plans_and_changes_nothing()
    {
        var plan = await Server.ImportAsync("""
            entries:
              - {model: authentik_core.group, id: planned, identifiers: {name: Planned}}
              - {model: authentik_core.group, identifiers: {name: Below planned}, attrs: {parents: [!KeyOf planned]}}
            """, dryRun: true);

        plan.Actions().ShouldBe(["authentik_core.group Created", "authentik_core.group Created"]);
        (await Server.GroupAsync("Planned")).ShouldBeNull();
    }

    [Fact]
    public async Task Given_context_wins_over_the_blueprints_own()
    {
        await Server.ImportAsync("context: {n: From file}\nentries: [{model: authentik_core.group, identifiers: {name: !Context n}}]", context: new JsonObject { ["n"] = "Given" });

        (await Server.GroupAsync("Given")).ShouldNotBeNull();
        (await Server.GroupAsync("From file")).ShouldBeNull();
    }

    [Fact]
    public async Task Uploaded_blueprints_read_nothing_of_the_server()
    {
        var report = await Server.ImportAsync("""
            entries:
              - model: authentik_core.group
                identifiers: {name: Reads nothing}
                attrs: {attributes: {env: !Env [AUTHENTIK_BOOTSTRAP_TOKEN, none], file: !File [/etc/hostname, none]}}
            """);

        report.Warnings().Length.ShouldBe(2);
        var attributes = (await Server.GroupAsync("Reads nothing"))!.Attributes;
        (attributes["env"]!.GetValue<string>(), attributes["file"]!.GetValue<string>()).ShouldBe(("none", "none"));
    }

    [Fact]
    public async Task Imports_at_the_same_time_make_each_object_once()
    {
        const string yaml = "entries: [{model: authentik_core.group, id: a, identifiers: {name: Raced}}, {model: authentik_core.group, identifiers: {name: Raced child}, attrs: {parents: [!KeyOf a]}}]";

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.ImportAsync(yaml)));

        reports.ShouldAllBe(report => report.IsSuccess);
        reports.Count(report => report.Entries[0].Action == EntryAction.Created).ShouldBe(1);
    }
}
