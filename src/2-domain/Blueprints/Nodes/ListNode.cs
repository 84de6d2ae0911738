namespace Postern.Blueprints.Nodes;

/// <summary>A list.</summary>
public sealed class ListNode(NodePlace place, IReadOnlyList<BlueprintNode> items) : BlueprintNode(place, items, 0)
{
    /// <summary>A list without items.</summary>
    public static ListNode Empty { get; } = new(NodePlace.None, []);

    /// <summary>The items in order.</summary>
    public IReadOnlyList<BlueprintNode> Items => Children;
}
