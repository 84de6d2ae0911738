namespace Postern.Blueprints.Nodes;

/// <summary>One value of a blueprint: a scalar, a map, a list or a tag with its arguments.</summary>
public abstract class BlueprintNode
{
    private protected BlueprintNode(NodePlace place, IReadOnlyList<BlueprintNode> children, long own)
    {
        Place = place;
        Children = children;
        Weight = 1 + own;
        foreach (var child in children) Weight = SaturatingAdd(Weight, child.Weight);
    }

    /// <summary>Where the node stands; an aliased node keeps the place of its anchor.</summary>
    public NodePlace Place { get; }

    /// <summary>The nodes directly inside, in order.</summary>
    public IReadOnlyList<BlueprintNode> Children { get; }

    /// <summary>How many values and characters the node stands for with every alias written out.</summary>
    internal long Weight { get; }

    /// <summary>The node and everything inside it, depth first; shared nodes are visited once.</summary>
    public IEnumerable<BlueprintNode> Walk()
    {
        var seen = new HashSet<BlueprintNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<BlueprintNode>();
        open.Push(this);
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node)) continue;
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }
    }

    internal static long SaturatingAdd(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
