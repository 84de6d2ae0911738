using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Collects the pairs of one map: own keys must differ; merged keys come first and give way to own ones (yaml.org/type/merge).</summary>
internal sealed class MapBuilder(NodePlace place, ProblemList problems)
{
    readonly List<KeyValuePair<string, BlueprintNode>> own = [];
    readonly Dictionary<string, NodePlace> places = new(StringComparer.Ordinal);
    readonly List<MapNode> merged = [];

    public void Add(string key, NodePlace keyPlace, BlueprintNode value)
    {
        if (places.TryAdd(key, keyPlace)) own.Add(new(key, value));
        else problems.Add(keyPlace, $"The key `{key}` is given twice; it stands first at line {places[key].Line}.");
    }

    public void Merge(BlueprintNode source)
    {
        if (source is MapNode map)
        {
            merged.Add(map);
            return;
        }

        if (source is ListNode list && list.Items.All(item => item is MapNode))
        {
            merged.AddRange(list.Items.Cast<MapNode>());
            return;
        }

        problems.Add(source.Place, "`<<` merges a map or a list of maps.");
    }

    public MapNode Build()
    {
        if (merged.Count == 0) return new MapNode(place, own);
        var pairs = new OrderedDictionary<string, BlueprintNode>(StringComparer.Ordinal);
        foreach (var pair in merged.SelectMany(map => map.Pairs)) pairs.TryAdd(pair.Key, pair.Value);
        foreach (var pair in own) pairs[pair.Key] = pair.Value;
        return new MapNode(place, [.. pairs]);
    }
}
