namespace Postern.Blueprints.Nodes;

/// <summary>A map; keys are unique and keep the order of the file.</summary>
public sealed class MapNode : BlueprintNode
{
    Dictionary<string, BlueprintNode>? byKey;

    /// <summary>A map of the given pairs, whose keys must differ.</summary>
    public MapNode(NodePlace place, IReadOnlyList<KeyValuePair<string, BlueprintNode>> pairs)
        : base(place, [.. pairs.Select(pair => pair.Value)], pairs.Sum(pair => (long)pair.Key.Length)) => Pairs = pairs;

    /// <summary>A map without keys.</summary>
    public static MapNode Empty { get; } = new(NodePlace.None, []);

    /// <summary>Keys and values in order.</summary>
    public IReadOnlyList<KeyValuePair<string, BlueprintNode>> Pairs { get; }

    /// <summary>The value of a key, or null when the map has no such key.</summary>
    public BlueprintNode? Find(string key) => (byKey ??= Pairs.ToDictionary(StringComparer.Ordinal)).GetValueOrDefault(key);
}
