using Postern.Blueprints.Nodes;

namespace Postern.Blueprints;

/// <summary>Collects problems up to a limit, so that a broken file of a megabyte does not answer with a larger report.</summary>
internal sealed class ProblemList(int limit)
{
    readonly List<BlueprintProblem> problems = [];

    public IReadOnlyList<BlueprintProblem> All => problems;

    public bool Any => problems.Count > 0;

    public void Add(NodePlace place, string message) => Add(BlueprintProblem.At(place, message));

    public void Add(BlueprintProblem problem)
    {
        if (problems.Count > limit) return;
        problems.Add(problems.Count == limit ? new BlueprintProblem(problem.Line, problem.Column, string.Empty, "More problems follow.") : problem);
    }
}
