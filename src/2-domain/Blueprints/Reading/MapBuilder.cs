using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Collects the pairs of one map: own keys must differ; merged keys come first and give way to own ones (yaml.org/type/merge).</summary>
internal sealed class MapBuilder(NodePlace place, ProblemList problems)
{
    private readonly List<KeyValuePair<string, BlueprintNode>> _own = [];
    private readonly Dictionary<string, NodePlace> _places = new(StringComparer.Ordinal);
    private readonly List<MapNode> _merged = [];

    public void Add(string key, NodePlace keyPlace, BlueprintNode value)
    {
        if (_places.TryAdd(key, keyPlace)) _own.Add(new(key, value));
        else problems.Add(keyPlace, $"The key `{key}` is given twice; it stands first at line {_places[key].Line}.");
    }

    public void Merge(BlueprintNode source)
    {
        if (source is MapNode map)
        {
            _merged.Add(map);
            return;
        }

        if (source is ListNode list && list.Items.All(item => item is MapNode))
        {
            _merged.AddRange(list.Items.Cast<MapNode>());
            return;
        }

        problems.Add(source.Place, "`<<` merges a map or a list of maps.");
    }

    public MapNode Build()
    {
        if (_merged.Count == 0) return new MapNode(place, _own);
        var pairs = new OrderedDictionary<string, BlueprintNode>(StringComparer.Ordinal);
        foreach (var pair in _merged.SelectMany(map => map.Pairs)) pairs.TryAdd(pair.Key, pair.Value);
        foreach (var pair in _own) pairs[pair.Key] = pair.Value;
        return new MapNode(place, [.. pairs]);
    }
}
