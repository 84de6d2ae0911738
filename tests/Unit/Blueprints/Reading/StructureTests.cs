using Postern.Blueprints;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;

namespace Postern.Tests.Unit.Blueprints.Reading;

/// <summary>The parts of a file end up where they belong.</summary>
public sealed class StructureTests
{
    const string Whole = """
        # A comment before everything.
        version: 1
        metadata:
          name: Our sample
          labels:
            blueprints.goauthentik.io/instantiate: "false"
            unquoted: true
        context:
          colour: green
        entries:
          - model: authentik_core.group
            id: staff
            state: created
            conditions:
              - !Context colour
            identifiers:
              name: Staff
            attrs:
              is_superuser: false
            permissions:
              - permission: authentik_core.view_group
                user: 1
          - model: !Context model
        """;

    [Fact]
    public void Every_part_is_read()
    {
        var blueprint = Sample.Read(Whole);

        blueprint.Metadata!.Name.ShouldBe("Our sample");
        blueprint.Metadata.Labels[BlueprintLabels.Instantiate].ShouldBe("false");
        blueprint.Metadata.Labels["unquoted"].ShouldBe("true");
        blueprint.Context.Find("colour").ShouldBeOfType<ScalarNode>().Text.ShouldBe("green");
        var group = blueprint.Entries[0];
        group.Model.ShouldBeOfType<ScalarNode>().Text.ShouldBe("authentik_core.group");
        group.Id.ShouldBe("staff");
        group.State.ShouldBeOfType<ScalarNode>().Text.ShouldBe("created");
        group.Conditions.ShouldBeOfType<ListNode>().Items[0].ShouldBeOfType<ContextNode>().Key.ShouldBe("colour");
        group.Identifiers.ShouldBeOfType<MapNode>().Find("name").ShouldBeOfType<ScalarNode>().Text.ShouldBe("Staff");
        group.Permissions.ShouldBeOfType<ListNode>().Items.Count.ShouldBe(1);
        blueprint.Entries[1].Model.ShouldBeOfType<ContextNode>();
        blueprint.Entries[1].State.ShouldBeOfType<ScalarNode>().Text.ShouldBe("present");
    }

    [Fact]
    public void Places_name_line_column_and_path()
    {
        var group = Sample.Read(Whole).Entries[0];

        (group.Place.Line, group.Place.Column, group.Place.Path).ShouldBe((11, 5, "entries[0]"));
        var name = group.Identifiers.ShouldBeOfType<MapNode>().Find("name")!;
        (name.Place.Line, name.Place.Column, name.Place.Path).ShouldBe((17, 13, "entries[0].identifiers.name"));
    }

    [Fact]
    public void Sections_keep_document_order()
    {
        var entries = Sample.Read("""
            entries:
              first:
                - model: authentik_core.group
              nothing:
              second:
                - model: authentik_core.user
                - model: authentik_core.token
            """).Entries;

        entries.Select(entry => $"{entry.Section} {((ScalarNode)entry.Model).Text}")
            .ShouldBe(["first authentik_core.group", "second authentik_core.user", "second authentik_core.token"]);
    }

    [Fact]
    public void Missing_parts_have_their_defaults_and_unknown_ones_are_ignored()
    {
        var blueprint = Sample.Read("extra: 1\nmetadata:\ncontext:\nentries:\n");

        blueprint.Metadata.ShouldBeNull();
        blueprint.Context.Pairs.ShouldBeEmpty();
        blueprint.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_misspelt_part_of_an_entry_is_a_warning()
    {
        var reading = BlueprintReader.Read("entries:\n  - model: authentik_core.group\n    identifers: {name: a}\n");

        reading.Blueprint.ShouldNotBeNull();
        reading.Warnings.Select(Sample.Show).ShouldBe(["3:17 entries[0].identifers `identifers` is not a part of an entry and is ignored."]);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_are_followed()
    {
        var map = Sample.Read("""
            context:
              base: &base {a: 1, b: 2}
              other: &other {b: 3, c: 4}
              merged:
                b: 5
                <<: [*base, *other]
              copied: *base
              "<<": kept as a name
            """).Context;

        map.Find("merged").ShouldBeOfType<MapNode>().Pairs.Select(pair => $"{pair.Key}={((ScalarNode)pair.Value).Text}").ShouldBe(["a=1", "b=5", "c=4"]);
        map.Find("copied").ShouldBeSameAs(map.Find("base"));
        map.Find("<<").ShouldBeOfType<ScalarNode>().Text.ShouldBe("kept as a name");
    }

    [Fact]
    public void Keys_of_other_types_become_their_json_text() =>
        Sample.Value("{1: a, yes: b, 1.5: c, ~: d, 2028-12-31: e}").ShouldBeOfType<MapNode>().Pairs.Select(pair => pair.Key)
            .ShouldBe(["1", "true", "1.5", "null", "2028-12-31"]);

    [Fact]
    public void A_byte_order_mark_is_no_content() =>
        BlueprintReader.Read([0xEF, 0xBB, 0xBF, .. "version: 1\nentries: []\n"u8]).Blueprint.ShouldNotBeNull();
}
