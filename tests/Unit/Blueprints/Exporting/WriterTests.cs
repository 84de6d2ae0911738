using System.Text.Json.Nodes;
using Postern.Blueprints;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;

namespace Postern.Tests.Unit.Blueprints.Exporting;

/// <summary>What is written reads back as the same blueprint and is pleasant to compare line by line.</summary>
public sealed class WriterTests
{
    const string Written = """
        version: 1
        metadata:
          name: "Export: all"
          labels:
            a: "true"
            b: b
        context:
          colour: !Env [COLOUR, green]
        entries:
          - model: authentik_flows.flow
            id: flow
            state: created
            conditions:
              - !Context colour
            identifiers:
              slug: our-flow
            attrs:
              background: ""
              empty_list: []
              empty_map: {}
              expression: |
                if True:
                    return "x: y"
                return False
              nested:
                - a: 1
                  b:
                    - x
                    - - deep
                  c: |-
                    two
                    lines
                - null
                - "12:30"
                - 2028-12-31T23:59:59Z
              number: 1.5
              stage: !Find [authentik_flows.stage, [name, a stage]]
              title: Welcome to us!
              user: !KeyOf flow
          - model: authentik_core.group
            attrs:
              attributes: !Enumerate
                - first: a rather long value that keeps the whole tag from fitting
                  second: on a single line of a hundred characters
                - MAP
                - - !Index 0
                  - !Value 0

        """;

    [Fact]
    public void A_blueprint_is_written_as_it_was_read() => BlueprintWriter.Write(Sample.Read(Written)).ShouldBe(Written);

    [Fact]
    public void Sections_are_kept()
    {
        const string sections = """
            version: 1
            entries:
              people:
                - model: authentik_core.user
              things:
                - model: authentik_core.group

            """;

        BlueprintWriter.Write(Sample.Read(sections)).ShouldBe(sections);
    }

    [Fact]
    public void Keys_of_stored_values_are_sorted()
    {
        var stored = JsonNode.Parse("""{"b": {"z": 1, "a": [true, null]}, "a": "x"}""")!.AsObject();
        var entry = new BlueprintEntry(NodePlace.None, ScalarNode.OfText(NodePlace.None, "authentik_core.group")) { Attrs = NodeJson.ToMap(stored, sortKeys: true) };

        BlueprintWriter.Write(new Blueprint(null, MapNode.Empty, [entry])).ShouldBe("""
            version: 1
            entries:
              - model: authentik_core.group
                attrs:
                  a: x
                  b:
                    a:
                      - true
                      - null
                    z: 1

            """);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("a\n")]
    [InlineData("a\n\n\n")]
    [InlineData("a\nb")]
    [InlineData("a\n  \nb")]
    [InlineData("\n a\nb\n")]
    [InlineData("a\n---\nb")]
    [InlineData("a\tb\n\tc")]
    [InlineData("a\r\nb")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("12:30")]
    [InlineData("2028-12-31")]
    [InlineData("2023-02-31")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a:b")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData("!KeyOf a")]
    [InlineData("&a")]
    [InlineData("it's \"quoted\"")]
    [InlineData("'single'")]
    [InlineData("back\\slash")]
    [InlineData("ünïcode – ok")]
    [InlineData("line\u2028separator\u0085\u00A0\uFEFF")]
    [InlineData("emoji \U0001F600")]
    [InlineData("bell \u0007")]
    public void Any_text_survives(string text)
    {
        var yaml = BlueprintWriter.Write(new Blueprint(null, new MapNode(NodePlace.None, [new(text, ScalarNode.OfText(NodePlace.None, text))]), []));

        var pair = Sample.Read(yaml).Context.Pairs.ShouldHaveSingleItem();
        pair.Key.ShouldBe(text);
        pair.Value.ShouldBeOfType<ScalarNode>().Text.ShouldBe(text);
        pair.Value.ShouldBeOfType<ScalarNode>().Kind.ShouldBe(ScalarKind.Text);
    }

    [Fact]
    public void Every_tag_survives()
    {
        var tags = """
            - !KeyOf "a: b"
            - !Env A
            - !Env [A, null]
            - !File /a/b
            - !File [/a/b, x]
            - !Context a
            - !Context [a, {b: [c]}]
            - !ParseJSON "{\"a\": 1}"
            - !Find [a.b, [c, d]]
            - !FindObject [!Context m, [c, [1, 2]]]
            - !Format ["%s, %s", 1, true]
            - !Condition [XNOR, true]
            - !If [true]
            - !If [true, a, null]
            - !Enumerate [[a], SEQ, !Index 0]
            - !Enumerate [{a: b}, MAP, {!!str x: !Value 0}]
            - !AtIndex [a, 0]
            - !AtIndex [a, 0, null]
            """;
        var once = BlueprintWriter.Write(Sample.OneValue("\n" + tags.Replace("!!str ", "", StringComparison.Ordinal)));

        BlueprintWriter.Write(BlueprintReader.Read(once).Blueprint!).ShouldBe(once);
        foreach (var line in tags.Split('\n')) once.ShouldContain(line.Trim().Replace("!!str ", "", StringComparison.Ordinal));
    }
}
