using Postern.Blueprints;
using Postern.Blueprints.Reading;

namespace Postern.Tests.Unit.Blueprints.Reading;

/// <summary>Every kind of broken file is refused with the place.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("version: 2\n", "1:10 version Invalid blueprint version")]
    [InlineData("version: '1'\n", "1:10 version Invalid blueprint version")]
    [InlineData("version: 1.0\n", "1:10 version Invalid blueprint version")]
    [InlineData("- a\n", "1:1  A blueprint is a map with `version`, `metadata`, `context` and `entries`.")]
    [InlineData("", "1:1  The file is empty.")]
    [InlineData("# only a comment\n", "1:1  The file is empty.")]
    [InlineData("version: 1\n---\nversion: 1\n", "2:1  Only one document per file is allowed.")]
    [InlineData("metadata: a\n", "1:11 metadata `metadata` is a map with `name` and `labels`.")]
    [InlineData("metadata: {labels: {}}\n", "1:11 metadata `metadata` needs a `name`, a text.")]
    [InlineData("metadata: {name: a, labels: []}\n", "1:29 metadata.labels `labels` is a map of texts.")]
    [InlineData("metadata: {name: a, labels: {b: []}}\n", "1:33 metadata.labels.b A label is a text.")]
    [InlineData("context: [a]\n", "1:10 context `context` is a map.")]
    [InlineData("entries: a\n", "1:10 entries `entries` is a list of entries, or a map of sections that each hold such a list.")]
    [InlineData("entries: {one: 1}\n", "1:16 entries.one The section `one` is a list of entries.")]
    [InlineData("entries: [a]\n", "1:11 entries[0] An entry is a map with `model`, `identifiers` and `attrs`.")]
    [InlineData("entries:\n  - id: a\n", "2:5 entries[0] An entry needs a `model`.")]
    [InlineData("entries:\n  - model:\n", "2:11 entries[0].model An entry needs a `model`.")]
    [InlineData("entries:\n  - model: user\n", "2:12 entries[0].model `model` is written as `app.model`, as in `authentik_core.user`.")]
    [InlineData("entries:\n  - model: [a.b]\n", "2:12 entries[0].model `model` is written as `app.model`, as in `authentik_core.user`.")]
    [InlineData("entries:\n  - {model: a.b, id: []}\n", "2:22 entries[0].id `id` is a text.")]
    [InlineData("entries:\n  - {model: a.b, state: gone}\n", "2:25 entries[0].state `state` is one of present, created, must_created, absent.")]
    [InlineData("entries:\n  - {model: a.b, conditions: yes}\n", "2:30 entries[0].conditions `conditions` is a list.")]
    [InlineData("entries:\n  - {model: a.b, identifiers: [a]}\n", "2:31 entries[0].identifiers `identifiers` is a map.")]
    [InlineData("entries:\n  - {model: a.b, attrs: [a]}\n", "2:25 entries[0].attrs `attrs` is a map.")]
    [InlineData("entries:\n  - {model: a.b, permissions: {}}\n", "2:31 entries[0].permissions `permissions` is a list of maps with `permission` and `user` or `role`.")]
    public void The_shape_is_checked(string yaml, string problem) => Sample.Problems(yaml).ShouldBe([problem]);

    [Theory]
    [InlineData("context:\n  a: 1\n  a: 2\n", "3:3 context.a The key `a` is given twice; it stands first at line 2.")]
    [InlineData("context:\n  1: 1\n  \"1\": 2\n", "3:3 context.1 The key `1` is given twice; it stands first at line 2.")]
    [InlineData("context:\n  ? [a]\n  : 1\n", "2:5 context.? A key must be a plain value, without a tag.")]
    [InlineData("context:\n  !Env A : 1\n", "2:3 context.? A key must be a plain value, without a tag.")]
    [InlineData("context:\n  a: *b\n", "2:6 context.a No anchor named `b` stands before this alias.")]
    [InlineData("context:\n  a: &a [*a]\n", "2:10 context.a[0] The alias `a` contains itself.")]
    [InlineData("context:\n  <<: a\n", "2:7 context.<< `<<` merges a map or a list of maps.")]
    [InlineData("context:\n  a: .inf\n", "2:6 context.a `.inf` is not a number that can be stored. Write it in quotes if it is meant as text.")]
    [InlineData("context:\n  a: 1.0e+999\n", "2:6 context.a `1.0e+999` is not a number that can be stored. Write it in quotes if it is meant as text.")]
    [InlineData("context:\n  a: 2023-02-29\n", "2:6 context.a `2023-02-29` is not a date that exists. Write it in quotes if it is meant as text.")]
    [InlineData("context:\n  a: \"x\\0\"\n", "2:6 context.a The value holds a character that cannot be stored, such as U+0000.")]
    [InlineData("context:\n  a: \a\n", "2:6  The character U+0007 is not allowed in a blueprint.")]
    [InlineData("context:\n  a: !Nothing b\n", "2:6 context.a Unknown tag `!Nothing`.")]
    [InlineData("context:\n  a: !Nothing [b]\n", "2:6 context.a Unknown tag `!Nothing`.")]
    [InlineData("context:\n  a: !!binary aGk=\n", "2:6 context.a Unknown tag `!!binary`.")]
    [InlineData("context:\n  a: !!python/object:os.system [x]\n", "2:6 context.a Unknown tag `!!python/object:os.system`.")]
    [InlineData("context:\n  a: !!int many\n", "2:6 context.a The value is not of the type `!!int`.")]
    public void Values_are_checked(string yaml, string problem) => Sample.Problems(yaml).ShouldBe([problem]);

    [Theory]
    [InlineData("!KeyOf [a]", "!KeyOf is written as `!KeyOf id`.")]
    [InlineData("!KeyOf", "!KeyOf is written as `!KeyOf id`.")]
    [InlineData("!Env [A, b, c]", "!Env is written as `!Env NAME` or `!Env [NAME, default]`.")]
    [InlineData("!File {a: b}", "!File is written as `!File path` or `!File [path, default]`.")]
    [InlineData("!Context []", "!Context is written as `!Context key` or `!Context [key, default]`.")]
    [InlineData("!Find a.b", "!Find is written as `!Find [model, [field, value]]`.")]
    [InlineData("!Find [a.b, name]", "!Find is written as `!Find [model, [field, value]]`.")]
    [InlineData("!FindObject [a.b, [name]]", "!FindObject is written as `!FindObject [model, [field, value]]`.")]
    [InlineData("!Format []", "!Format is written as `!Format [text, argument]`.")]
    [InlineData("!Condition [MAYBE, true]", "!Condition is written as `!Condition [MODE, argument]` with AND, NAND, OR, NOR, XOR or XNOR as mode.")]
    [InlineData("!Condition [AND]", "At least one value is required after mode selection.")]
    [InlineData("!If [a, b]", "!If is written as `!If [condition]` or `!If [condition, then, else]`.")]
    [InlineData("!Enumerate [[], SET, a]", "!Enumerate is written as `!Enumerate [items, SEQ or MAP, body]`.")]
    [InlineData("!Enumerate [5, SEQ, a]", "Enumerate's iterable must be an iterable such as a sequence or a mapping")]
    [InlineData("!Enumerate [!Value 0, SEQ, a]", "Enumerate tag's iterable references this tag's context. This is a noop. Check you are setting depth bigger than 0.")]
    [InlineData("!Index -1", "!Index is written as `!Index depth` with a whole number from 0.")]
    [InlineData("!Value a", "!Value is written as `!Value depth` with a whole number from 0.")]
    [InlineData("!AtIndex [a]", "!AtIndex is written as `!AtIndex [items, key]` or `!AtIndex [items, key, default]`.")]
    public void Arguments_of_tags_are_checked(string yaml, string message) => Sample.Problems($"context:\n  a: {yaml}\n").ShouldBe([$"2:6 context.a {message}"]);

    [Fact]
    public void Json_text_is_checked_when_the_file_is_read()
    {
        Sample.Problems("context:\n  a: !ParseJSON '{'\n").ShouldHaveSingleItem().ShouldStartWith("2:6 context.a !ParseJSON: the text is not valid JSON.");
        Sample.Problems("context:\n  a: !ParseJSON '{\"b\": 1, \"b\": 2}'\n").ShouldHaveSingleItem().ShouldContain("not valid JSON");
    }

    [Fact]
    public void Broken_yaml_is_refused_where_it_breaks() =>
        Sample.Problems("version: 1\nentries:\n  - model: a.b\n   id: c\n").ShouldHaveSingleItem().ShouldStartWith("4:4  The YAML cannot be read:");

    [Fact]
    public void All_problems_are_listed_not_only_the_first()
    {
        Sample.Problems("""
            version: 3
            entries:
              - model: a.b
                state: gone
                attrs: {x: 1, x: 2}
              - id: no-model
            """).ShouldBe(
            [
                "5:19 entries[0].attrs.x The key `x` is given twice; it stands first at line 5.",
                "1:10 version Invalid blueprint version",
                "4:12 entries[0].state `state` is one of present, created, must_created, absent.",
                "6:5 entries[1] An entry needs a `model`.",
            ]);
    }

    [Fact]
    public void A_long_list_of_problems_is_cut()
    {
        var problems = Sample.Problems("context:\n" + string.Concat(Enumerable.Repeat("  a: 1\n", 500)));

        problems.Length.ShouldBe(101);
        problems[^1].ShouldEndWith("More problems follow.");
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        BlueprintReader.Read([(byte)'a', 0xFF]).Problems.ShouldBe([new BlueprintProblem(1, 1, "", "The file is not UTF-8 text.")]);
}
