using System.Text.Json.Nodes;

namespace Postern.Tests.Unit.Blueprints.Resolving;

/// <summary>One blueprint with every tag in every form, and what it resolves to.</summary>
public sealed class EveryTagTests
{
    const string Yaml = """
        version: 1
        metadata:
          name: Every tag
        context:
          plain: from the file
          mode: present
          twice: !Format ["%s and %s", !Context plain, !Context plain]
          people: {ada: admin, bob: user}
          teams:
            - name: red
              members: [ada, bob]
            - name: blue
              members: [cy]
          empty: []
        entries:
          - model: authentik_core.user
            id: everything
            state: !Context mode
            identifiers:
              name: !Format ["user-%03d", 7]
            attrs:
              key_of: !KeyOf flow
              env: !Env SET
              env_default: !Env [UNSET, 5]
              env_empty: !Env [EMPTY, fallback]
              env_null: !Env UNSET
              file: !File /run/secrets/key
              file_default: !File [/run/secrets/none, !Context plain]
              context: !Context plain
              context_tag: !Context twice
              context_map: !Context people
              context_default: !Context [missing, {a: !Context plain}]
              context_given: !Context given
              find: !Find [authentik_core.group, [name, staff]]
              find_tags: !Find [!Context model, [!Format ["%s__icontains", name], !Context plain], [pk__isnull, False]]
              find_nothing: !Find [authentik_core.group, [name, missing]]
              find_object: !FindObject [authentik_core.group, [name, staff]]
              format: !Format ["%s/%d/%s/%%", a, 3, true]
              condition_and: !Condition [AND, 1, a, true]
              condition_nand: !Condition [nand, 1, ""]
              condition_or: !Condition [Or, 0, "", [], {}, ~, no, x]
              condition_nor: !Condition [NOR, 0, !Context empty]
              condition_xor: !Condition [XOR, 1, 1, 1]
              condition_xnor: !Condition [XNOR, 1, 1, 1]
              condition_one: !Condition [AND, !Context plain]
              condition_not: !Condition [NAND, !Context plain]
              if_true: !If [!Context plain]
              if_false: !If [!Context empty]
              if_branch: !If [!Condition [OR, true], {a: [!Context plain]}, no]
              if_text_false: !If ["False", chosen, other]
              list: !Enumerate [!Context people, SEQ, !Format ["%s is %s", !Index 0, !Value 0]]
              map: !Enumerate [[x, y], MAP, [!Value 0, !Index 0]]
              map_of_maps: !Enumerate [!Context people, MAP, {all: [!Index 0]}]
              text: !Enumerate ["héy", SEQ, !Value 0]
              nested: !Enumerate
                - !Context teams
                - SEQ
                - !Enumerate
                  - !AtIndex [!Value 1, members]
                  - MAP
                  - - !Format ["%s-%s", !AtIndex [!Value 1, name], !Value 0]
                    - !Format ["%d.%d", !Index 1, !Index 0]
              at_list: !AtIndex [[a, b, c], -1]
              at_map: !AtIndex [!Context people, ada]
              at_number: !AtIndex [{1: one}, 1]
              at_default: !AtIndex [[a], 4, !Context plain]
              at_object: !AtIndex [!AtIndex [!FindObject [authentik_core.group, [name, staff]], tags], 1]
              at_nothing: !AtIndex [!FindObject [authentik_core.group, [name, missing]], pk, none]
              json: !ParseJSON '{"a": [1, 2.5, null, true]}'
              untouched: [1, yes, 2028-12-31, {deep: !Context plain}]
        """;

    [Fact]
    public async Task Every_tag_resolves()
    {
        var around = new FakeSurroundings
        {
            Variables = { ["SET"] = "from outside", ["EMPTY"] = "" },
            Texts = { ["/run/secrets/key"] = "\n  secret \n" },
        };
        var blueprint = Sample.Read(Yaml);
        var entry = blueprint.Entries[0];
        var resolver = Sample.Resolver(blueprint, around, given: new JsonObject { ["given"] = "with the instance", ["model"] = "authentik_core.user" });

        var attrs = await resolver.ResolveAsync(entry.Attrs, entry, TestContext.Current.CancellationToken);
        var state = await resolver.ResolveAsync(entry.State, entry, TestContext.Current.CancellationToken);
        var identifiers = await resolver.ResolveAsync(entry.Identifiers, entry, TestContext.Current.CancellationToken);

        resolver.Problems.Select(Sample.Show).ShouldBeEmpty();
        state.Value!.ToJsonString().ShouldBe("\"present\"");
        identifiers.Value!.ToJsonString().ShouldBe("""{"name":"user-007"}""");
        JsonNode.DeepEquals(attrs.Value, JsonNode.Parse(Expected)).ShouldBeTrue(attrs.Value?.ToJsonString());
        around.Searches[1].ShouldBe("authentik_core.user(name__icontains=\"from the file\", pk__isnull=false)");
        resolver.Warnings.Select(warning => warning.Path + ": " + warning.Message).ShouldBe(
        [
            "entries[0].attrs.file_default: File `/run/secrets/none`: The file does not exist.",
            "entries[0].attrs.find_nothing: No authentik_core.group matches name = missing; the value is null.",
            "entries[0].attrs.at_nothing[0]: No authentik_core.group matches name = missing; the value is null.",
        ]);
    }

    const string Expected = """
        {
          "key_of": "key-of-flow",
          "env": "from outside", "env_default": 5, "env_empty": "fallback", "env_null": null,
          "file": "secret", "file_default": "from the file",
          "context": "from the file", "context_tag": "from the file and from the file",
          "context_map": {"ada": "admin", "bob": "user"}, "context_default": {"a": "from the file"}, "context_given": "with the instance",
          "find": "found", "find_tags": "found", "find_nothing": null,
          "find_object": {"pk": 7, "name": "found", "tags": ["a", "b"]},
          "format": "a/3/True/%",
          "condition_and": true, "condition_nand": true, "condition_or": true, "condition_nor": true,
          "condition_xor": true, "condition_xnor": false, "condition_one": true, "condition_not": false,
          "if_true": true, "if_false": false, "if_branch": {"a": ["from the file"]}, "if_text_false": "chosen",
          "list": ["ada is admin", "bob is user"], "map": {"x": 0, "y": 1}, "map_of_maps": {"all": ["ada", "bob"]}, "text": ["h", "é", "y"],
          "nested": [{"red-ada": "0.0", "red-bob": "0.1"}, {"blue-cy": "1.0"}],
          "at_list": "c", "at_map": "admin", "at_number": "one", "at_default": "from the file", "at_object": "b", "at_nothing": "none",
          "json": {"a": [1, 2.5, null, true]},
          "untouched": [1, true, "2028-12-31", {"deep": "from the file"}]
        }
        """;
}
