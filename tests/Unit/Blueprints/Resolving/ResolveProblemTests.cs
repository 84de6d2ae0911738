using Postern.Blueprints;

namespace Postern.Tests.Unit.Blueprints.Resolving;

/// <summary>What cannot be resolved is a problem with its place, in the reference's words where it has some.</summary>
public sealed class ResolveProblemTests
{
    [Theory]
    [InlineData("!KeyOf nobody", "KeyOf: failed to find entry with `id` of `nobody` and a model instance")]
    [InlineData("!Find [authentik_core.unknown, [a, b]]", "App or Model does not exist: authentik_core.unknown")]
    [InlineData("!Find [!Context [m, 5], [a, b]]", "The model of a search is written as `app.model`.")]
    [InlineData("!Find [authentik_core.user, [!Context [f, 5], b]]", "The field of a search is a text.")]
    [InlineData("!FindObject [authentik_core.blank, [a, b]]", "Model authentik_core.blank is not resolvable through FindObject")]
    [InlineData("!Index 0", "Index tags are only usable inside an Enumerate tag")]
    [InlineData("!Value 3", "Value tags are only usable inside an Enumerate tag")]
    [InlineData("!Enumerate [[a], SEQ, !Index 2]", "Index tag: invalid depth: 2. Max depth: 0")]
    [InlineData("!Enumerate [[a], SEQ, !Value 1]", "Value tag: invalid depth: 1. Max depth: 0")]
    [InlineData("!Enumerate [!Context [c, 5], SEQ, a]", "Enumerate's iterable must be an iterable such as a sequence or a mapping")]
    [InlineData("!Enumerate [!AtIndex [!Value 0, a], SEQ, a]", "Enumerate tag's iterable references this tag's context. This is a noop. Check you are setting depth bigger than 0.")]
    [InlineData("!Enumerate [[a], MAP, b]", "Invalid Enumerate item found: b")]
    [InlineData("!Enumerate [[a], MAP, [b]]", "Invalid Enumerate item found: ['b']")]
    [InlineData("!AtIndex [[a, b], 2]", "Index out of range: 2")]
    [InlineData("!AtIndex [[a, b], -3]", "Index out of range: -3")]
    [InlineData("!AtIndex [[a, b], x, default]", "Invalid index for list: x")]
    [InlineData("!AtIndex [{a: b}, x]", "Key does not exist: x")]
    [InlineData("!AtIndex [text, 0]", "AtIndex: a list or a map is required, not str")]
    public async Task The_reason_is_said(string value, string problem) => (await Sample.FailAsync(value)).ShouldBe([problem]);

    [Fact]
    public async Task One_failure_does_not_hide_or_repeat_others() =>
        (await Sample.FailAsync("[!KeyOf a, !AtIndex [!KeyOf b, 0], !Format [\"%s\", !Index 0], fine]")).ShouldBe(
        [
            "KeyOf: failed to find entry with `id` of `a` and a model instance",
            "KeyOf: failed to find entry with `id` of `b` and a model instance",
            "Index tags are only usable inside an Enumerate tag",
        ]);

    [Fact]
    public async Task The_branch_not_taken_is_not_looked_at() =>
        (await Sample.ResolveAsync("!If [true, kept, !KeyOf nobody]")).ShouldBe("\"kept\"");

    [Fact]
    public async Task Problems_carry_the_place_of_the_tag()
    {
        var blueprint = Sample.OneValue("[a, !KeyOf nobody]");
        var resolver = Sample.Resolver(blueprint);

        await resolver.ResolveAsync(blueprint.Entries[0].Attrs, blueprint.Entries[0], TestContext.Current.CancellationToken);

        resolver.Problems.Select(problem => (problem.Line, problem.Column, problem.Path)).ShouldBe([(6, 15, "entries[0].attrs.it[1]")]);
    }

    [Fact]
    public async Task A_context_value_that_leads_to_itself_is_refused() =>
        (await Sample.FailAsync("!Context a", context: "{a: !Context b, b: [!Context a]}")).ShouldBe(["The context value `a` refers to itself."]);

    [Fact]
    public async Task A_long_chain_of_context_values_is_refused()
    {
        var chain = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"c{i}: !Context c{i + 1}"));

        (await Sample.FailAsync("!Context c0", context: $"{{{chain}}}")).ShouldBe(["Tags lead through more than 256 levels."]);
    }

    [Fact]
    public async Task Text_that_doubles_is_refused()
    {
        var doubling = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"d{i}: !Format [\"%s%s\", !Context d{i + 1}, !Context d{i + 1}]"));

        (await Sample.FailAsync("!Context d0", context: $"{{{doubling}, d40: xxxxxxxxxx}}"))
            .ShouldHaveSingleItem().ShouldBeOneOf("Resolving the tags takes more than 1000000 steps.", "The tags expand to more than 8388608 values and characters.");
    }

    [Fact]
    public async Task Loops_that_multiply_are_refused()
    {
        var list = $"[{string.Join(", ", Enumerable.Repeat("a", 200))}]";
        var loops = $"!Enumerate [{list}, SEQ, !Enumerate [{list}, SEQ, !Enumerate [{list}, SEQ, !Value 0]]]";

        (await Sample.FailAsync(loops)).ShouldBe(["Resolving the tags takes more than 1000000 steps."]);
    }

    [Fact]
    public async Task Searches_are_counted()
    {
        var loops = "!Enumerate [\"12345678901\", SEQ, !Find [authentik_core.user, [pk, !Value 0]]]";

        (await Sample.FailAsync(loops, limits: BlueprintLimits.Default with { MaxLookups = 10 })).ShouldBe(["A blueprint may search for at most 10 objects."]);
    }

    [Fact]
    public async Task A_search_without_a_match_is_no_warning_where_only_its_truth_counts()
    {
        var blueprint = Sample.OneValue("!If [!Condition [NOR, !Find [authentik_core.group, [name, missing]]], made, kept]");
        var entry = blueprint.Entries[0] with { Conditions = Sample.Value("[!Find [authentik_core.group, [name, missing]]]") };
        var resolver = Sample.Resolver(blueprint);

        (await resolver.ResolveAsync(entry.Attrs, entry, TestContext.Current.CancellationToken)).Value!["it"]!.ToString().ShouldBe("made");
        await resolver.TestAsync(entry.Conditions, entry, TestContext.Current.CancellationToken);

        resolver.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_variable_is_a_warning_and_takes_the_default()
    {
        var blueprint = Sample.OneValue("!Env [SECRET_KEY, none]");
        var resolver = Sample.Resolver(blueprint, new FakeSurroundings { Variables = { ["SECRET_KEY"] = "" } });

        (await resolver.ResolveAsync(blueprint.Entries[0].Attrs, blueprint.Entries[0], TestContext.Current.CancellationToken)).Value!["it"]!.ToString().ShouldBe("none");

        resolver.Warnings.ShouldHaveSingleItem().Message.ShouldBe("Blueprints may not read the environment variable `SECRET_KEY`.");
    }
}
