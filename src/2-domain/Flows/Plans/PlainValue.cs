using System.Text.Json.Nodes;

namespace Postern.Flows.Plans;

/// <summary>JSON as the plain values of a plan's context: texts, numbers, lists, dictionaries.</summary>
public static class PlainValue
{
    public static object? Of(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(p => p.Key, p => Of(p.Value), StringComparer.Ordinal),
        JsonArray list => list.Select(Of).ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => (object)text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => node.GetValue<double>(),
    };

    /// <summary>Adds a dictionary to another: dictionaries within are merged, lists joined, and other values replaced.</summary>
    public static void Merge(IDictionary<string, object?> into, IDictionary<string, object?> from)
    {
        foreach (var (key, value) in from)
        {
            if (into.TryGetValue(key, out var old) && old is IDictionary<string, object?> oldMap && value is IDictionary<string, object?> newMap)
                Merge(oldMap, newMap);
            else if (old is IList<object?> oldList && value is IList<object?> newList)
                into[key] = oldList.Concat(newList).ToList();
            else
                into[key] = value;
        }
    }
}
