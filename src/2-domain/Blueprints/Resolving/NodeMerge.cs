using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Merges nodes in depth: maps by key, lists joined, anything else replaced.</summary>
internal static class NodeMerge
{
    public static MapNode Maps(MapNode under, MapNode over)
    {
        var pairs = new OrderedDictionary<string, BlueprintNode>(StringComparer.Ordinal);
        foreach (var (key, value) in under.Pairs) pairs[key] = value;
        foreach (var (key, value) in over.Pairs) pairs[key] = pairs.TryGetValue(key, out var below) ? Nodes(below, value) : value;
        return new MapNode(over.Place, [.. pairs]);
    }

    static BlueprintNode Nodes(BlueprintNode under, BlueprintNode over) => (under, over) switch
    {
        (MapNode below, MapNode above) => Maps(below, above),
        (ListNode below, ListNode above) => new ListNode(above.Place, [.. below.Items, .. above.Items]),
        _ => over,
    };
}
