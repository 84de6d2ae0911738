using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Postern.Blueprints;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;
using Postern.Blueprints.Resolving;

namespace Postern.Tests.Property.Blueprints;

/// <summary>No text makes the reader or the resolver throw or run without end, and what is written reads back.</summary>
[Trait("Fault", "F20")]
public sealed class ReaderTests
{
    const int Minute = 60_000;

    [Fact(Timeout = 5 * Minute)]
    public Task Any_text_is_read_or_refused_with_places() => Task.Run(() => Check(Prop.ForAll(BlueprintText.Arbitrary(), text =>
    {
        var reading = BlueprintReader.Read(text);
        var lines = text.Split('\n').Length + 1;
        return (reading.Blueprint is null) == (reading.Problems.Count > 0)
            && reading.Problems.All(problem => problem.Line >= 1 && problem.Line <= lines + text.Count(character => character is '\r' or '\x85' or '\u2028' or '\u2029') && problem.Column >= 1 && problem.Message.Length > 0);
    }), 20_000), TestContext.Current.CancellationToken);

    [Fact(Timeout = 5 * Minute)]
    public Task Any_bytes_are_read_or_refused() => Task.Run(() => Check(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        (BlueprintReader.Read(bytes ?? []).Blueprint is null) == (BlueprintReader.Read(bytes ?? []).Problems.Count > 0)), 2000), TestContext.Current.CancellationToken);

    [Fact(Timeout = 5 * Minute)]
    public Task Whatever_is_read_resolves_or_says_why() => Task.Run(() => Check(Prop.ForAll(BlueprintText.Arbitrary(), text =>
    {
        var blueprint = BlueprintReader.Read(text).Blueprint;
        if (blueprint is null) return true;
        var resolver = new BlueprintResolver(new BlueprintSources(new Nowhere(), new NothingReadable(), new NothingReadable()), BlueprintContext.Merge([], blueprint.Context, null));
        return blueprint.Entries.All(entry => new[] { entry.Model, entry.State, entry.Conditions, entry.Identifiers, entry.Attrs, entry.Permissions }
            .All(node => Resolves(resolver, node, entry)));
    }), 20_000), TestContext.Current.CancellationToken);

    [Fact(Timeout = 5 * Minute)]
    public Task Whatever_is_written_reads_back() => Task.Run(() => Check(Prop.ForAll(Nodes.Map(4).ToArbitrary(), context =>
    {
        var yaml = BlueprintWriter.Write(new Blueprint(null, context, []));
        var reading = BlueprintReader.Read(yaml);
        reading.Problems.ShouldBeEmpty(yaml);
        Nodes.AreEqual(reading.Blueprint!.Context, context).ShouldBeTrue(yaml);
        BlueprintWriter.Write(reading.Blueprint).ShouldBe(yaml);
        return true;
    }), 5000), TestContext.Current.CancellationToken);

    [Fact(Timeout = 5 * Minute)]
    public Task Whatever_is_read_can_be_written_and_read_again() => Task.Run(() => Check(Prop.ForAll(BlueprintText.Arbitrary(), text =>
    {
        if (BlueprintReader.Read(text).Blueprint is not { } blueprint) return true;
        var again = BlueprintReader.Read(BlueprintWriter.Write(blueprint)).Blueprint;
        return again is not null && Nodes.AreEqual(again.Context, blueprint.Context) && again.Entries.Count == blueprint.Entries.Count
            && again.Entries.Zip(blueprint.Entries).All(pair => Nodes.AreEqual(pair.First.Attrs, pair.Second.Attrs));
    }), 20_000), TestContext.Current.CancellationToken);

    static bool Resolves(BlueprintResolver resolver, BlueprintNode node, BlueprintEntry entry)
    {
        var before = resolver.Problems.Count;
        var task = resolver.ResolveAsync(node, entry);
        // Nothing here waits for anything, so a step that is not finished would never finish.
        if (!task.IsCompleted) return false;
        return !task.Result.IsFailed || resolver.Problems.Count > before || before > 0;
    }

    static void Check(FsCheck.Property property, int count) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(60));

    sealed class Nowhere : IBlueprintObjects
    {
        public FindOutcome KeyOf(string id, BlueprintEntry entry) => id.Length % 2 == 0 ? FindOutcome.Found(JsonValue.Create(id)) : FindOutcome.Nothing;

        public ValueTask<FindOutcome> FindAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation) => ValueTask.FromResult(FindOutcome.Nothing);

        public ValueTask<FindOutcome> FindObjectAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation) =>
            ValueTask.FromResult(FindOutcome.Found(new JsonObject { ["pk"] = Encoding.UTF8.GetByteCount(model) }));
    }
}
