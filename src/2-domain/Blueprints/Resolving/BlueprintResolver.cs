using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Resolves the tags of one blueprint, collecting every problem with its place instead of stopping at the first.</summary>
public sealed class BlueprintResolver(BlueprintSources sources, MapNode context, BlueprintLimits? limits = null)
{
    private readonly BlueprintLimits _limits = limits ?? BlueprintLimits.Default;
    private readonly ProblemList _problems = new((limits ?? BlueprintLimits.Default).MaxProblems);
    private readonly ProblemList _warnings = new((limits ?? BlueprintLimits.Default).MaxProblems);
    private readonly Budget _budget = new(limits ?? BlueprintLimits.Default);

    /// <summary>What could not be resolved so far.</summary>
    public IReadOnlyList<BlueprintProblem> Problems => _problems.All;

    /// <summary>What was resolved but looks unintended, such as a search without a match.</summary>
    public IReadOnlyList<BlueprintProblem> Warnings => _warnings.All;

    /// <summary>Resolves a part of an entry; a failed result has its reasons in <see cref="Problems"/>.</summary>
    public ValueTask<Resolved> ResolveAsync(BlueprintNode node, BlueprintEntry entry, CancellationToken cancellation = default) =>
        Start(entry, cancellation).ResolveAsync(node);

    /// <summary>Resolves a part of an entry of which only the truth counts; a search without a match is then no warning.</summary>
    public ValueTask<Resolved> TestAsync(BlueprintNode node, BlueprintEntry entry, CancellationToken cancellation = default) =>
        Start(entry, cancellation).TestAsync(node);

    private Resolution Start(BlueprintEntry entry, CancellationToken cancellation) =>
        new(sources, context, entry, _limits.MaxDepth * 4, _budget, _problems, _warnings, cancellation);
}
