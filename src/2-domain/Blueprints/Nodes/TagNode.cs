namespace Postern.Blueprints.Nodes;

/// <summary>A value to be worked out when the blueprint is applied.</summary>
public abstract class TagNode : BlueprintNode
{
    private protected TagNode(NodePlace place, IReadOnlyList<BlueprintNode> arguments, long own) : base(place, arguments, own)
    {
    }

    private protected static IReadOnlyList<BlueprintNode> Present(params ReadOnlySpan<BlueprintNode?> nodes)
    {
        var present = new List<BlueprintNode>(nodes.Length);
        foreach (var node in nodes)
        {
            if (node is not null) present.Add(node);
        }

        return present;
    }
}
