using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Resolves the tags of one blueprint, collecting every problem with its place instead of stopping at the first.</summary>
public sealed class BlueprintResolver(BlueprintSources sources, MapNode context, BlueprintLimits? limits = null)
{
    readonly int maxDepth = (limits ?? BlueprintLimits.Default).MaxDepth * 4;
    readonly ProblemList problems = new((limits ?? BlueprintLimits.Default).MaxProblems);
    readonly ProblemList warnings = new((limits ?? BlueprintLimits.Default).MaxProblems);
    readonly Budget budget = new(limits ?? BlueprintLimits.Default);

    /// <summary>What could not be resolved so far.</summary>
    public IReadOnlyList<BlueprintProblem> Problems => problems.All;

    /// <summary>What was resolved but looks unintended, such as a search without a match.</summary>
    public IReadOnlyList<BlueprintProblem> Warnings => warnings.All;

    /// <summary>Resolves a part of an entry; a failed result has its reasons in <see cref="Problems"/>.</summary>
    public ValueTask<Resolved> ResolveAsync(BlueprintNode node, BlueprintEntry entry, CancellationToken cancellation = default) =>
        Start(entry, cancellation).ResolveAsync(node);

    /// <summary>Resolves a part of an entry of which only the truth counts; a search without a match is then no warning.</summary>
    public ValueTask<Resolved> TestAsync(BlueprintNode node, BlueprintEntry entry, CancellationToken cancellation = default) =>
        Start(entry, cancellation).TestAsync(node);

    Resolution Start(BlueprintEntry entry, CancellationToken cancellation) =>
        new(sources, context, entry, maxDepth, budget, problems, warnings, cancellation);
}
