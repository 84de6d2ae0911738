using Postern.Blueprints.Nodes;

namespace Postern.Blueprints;

/// <summary>Collects problems up to a limit, so that a broken file of a megabyte does not answer with a larger report.</summary>
internal sealed class ProblemList(int limit)
{
    private readonly List<BlueprintProblem> _problems = [];

    public IReadOnlyList<BlueprintProblem> All => _problems;

    public bool Any => _problems.Count > 0;

    public void Add(NodePlace place, string message) => Add(BlueprintProblem.At(place, message));

    public void Add(BlueprintProblem problem)
    {
        if (_problems.Count > limit) return;
        _problems.Add(_problems.Count == limit ? new BlueprintProblem(problem.Line, problem.Column, string.Empty, "More problems follow.") : problem);
    }
}
