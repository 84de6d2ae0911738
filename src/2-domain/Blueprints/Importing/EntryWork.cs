using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Resolving;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>One entry on its way: what is known of it so far, and what is wrong with it.</summary>
internal sealed class EntryWork(BlueprintEntry entry, BlueprintResolver resolver, AppliedObjects objects, Caller caller, ImportRun run)
{
    readonly List<BlueprintProblem> problems = [];
    readonly List<BlueprintProblem> warnings = [];

    public BlueprintEntry Entry { get; } = entry;

    public AppliedObjects Objects { get; } = objects;

    public Caller Caller { get; } = caller;

    public ImportRun Run { get; } = run;

    public string Model { get; set; } = (entry.Model as ScalarNode)?.Text ?? "";

    public JsonObject Identifiers { get; set; } = [];

    public EntryAction Action { get; set; } = EntryAction.Unchanged;

    public string? Pk { get; set; }

    public JsonObject Changes { get; set; } = [];

    public JsonObject Values { get; set; } = [];

    public IReadOnlyList<ObjectUse> Uses { get; set; } = [];

    public ImportReport? Nested { get; set; }

    public bool HasFailed => problems.Count > 0;

    public void Fail(NodePlace place, string message) => problems.Add(BlueprintProblem.At(Known(place), message));

    public void Warn(NodePlace place, string message) => warnings.Add(BlueprintProblem.At(Known(place), message));

    /// <summary>Resolves a part of the entry; what goes wrong is noted.</summary>
    public Task<Resolved> ResolveAsync(BlueprintNode node, CancellationToken cancellation) => NotingAsync(node, () => resolver.ResolveAsync(node, Entry, cancellation));

    /// <summary>Resolves a part of the entry of which only the truth counts.</summary>
    public Task<Resolved> TestAsync(BlueprintNode node, CancellationToken cancellation) => NotingAsync(node, () => resolver.TestAsync(node, Entry, cancellation));

    public EntryReport Report()
    {
        if (HasFailed)
        {
            Action = EntryAction.Failed;
            if (Entry.Id is { } id) Objects.Failed(id);
        }

        return new EntryReport(Entry.Place.Line, Model, Entry.Id, Action)
        {
            Path = Entry.Place.Path,
            Identifiers = Identifiers,
            Pk = Pk,
            Changes = Changes,
            Values = Values,
            Uses = Uses,
            Problems = [.. problems.OrderBy(InFile)],
            Warnings = [.. warnings.OrderBy(InFile)],
            Nested = Nested,
        };
    }

    // Parts that the file does not write out have no place; the entry has.
    NodePlace Known(NodePlace place) => place.Line == 0 ? Entry.Place : place;

    static (int, int) InFile(BlueprintProblem problem) => (problem.Line, problem.Column);

    async Task<Resolved> NotingAsync(BlueprintNode node, Func<ValueTask<Resolved>> resolve)
    {
        var (problemsBefore, warningsBefore) = (resolver.Problems.Count, resolver.Warnings.Count);
        var resolved = await resolve();
        problems.AddRange(resolver.Problems.Skip(problemsBefore));
        warnings.AddRange(resolver.Warnings.Skip(warningsBefore));
        // The resolver's own list is bounded; an entry beyond it still failed.
        if (resolved.IsFailed && resolver.Problems.Count == problemsBefore) Fail(node.Place, "The value cannot be resolved; see the problems above.");
        return resolved;
    }
}
