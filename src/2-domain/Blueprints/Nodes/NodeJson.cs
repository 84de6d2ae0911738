using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Nodes;

/// <summary>Turns stored values into nodes, for contexts given over the API and for exports.</summary>
public static class NodeJson
{
    /// <summary>The value as a node without a place. Keys are sorted on demand, so that the same object is always written alike.</summary>
    public static BlueprintNode ToNode(JsonNode? value, bool sortKeys = false) => value switch
    {
        null => ScalarNode.OfNull(NodePlace.None),
        JsonObject map => ToMap(map, sortKeys),
        JsonArray list => new ListNode(NodePlace.None, [.. list.Select(item => ToNode(item, sortKeys))]),
        _ => Scalar(value),
    };

    /// <summary>The object as a map without a place.</summary>
    public static MapNode ToMap(JsonObject map, bool sortKeys = false)
    {
        var pairs = map.Select(pair => KeyValuePair.Create(pair.Key, ToNode(pair.Value, sortKeys)));
        return new MapNode(NodePlace.None, [.. sortKeys ? pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal) : pairs]);
    }

    static ScalarNode Scalar(JsonNode value)
    {
        var text = value.ToJsonString();
        // Dates and identifiers may still be values of their own types; as JSON they are texts.
        if (value.GetValueKind() == JsonValueKind.String) return ScalarNode.OfText(NodePlace.None, JsonNode.Parse(text)!.GetValue<string>());
        var kind = value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => ScalarKind.Boolean,
            _ => text.AsSpan().ContainsAny('.', 'e', 'E') ? ScalarKind.Float : ScalarKind.Integer,
        };
        return new ScalarNode(NodePlace.None, kind, JsonNode.Parse(text), text);
    }
}
