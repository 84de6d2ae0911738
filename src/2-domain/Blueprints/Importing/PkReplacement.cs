using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>
/// Exports name objects by the keys they had where they were exported; where the object has another key here, every use of the old one is
/// replaced by the new one.
/// </summary>
internal static class PkReplacement
{
    /// <summary>Identifiers with keys replaced; a map with a <c>pk</c> stands for that key.</summary>
    public static JsonObject InIdentifiers(ModelKind kind, JsonObject identifiers, AppliedObjects objects)
    {
        var replaced = new JsonObject();
        foreach (var (name, value) in identifiers)
        {
            var plain = value is JsonObject map && map.TryGetPropertyValue("pk", out var pk) ? pk : value;
            replaced[name] = Keys.IsKey(name) ? plain?.DeepClone() : InField(kind.Find(name), plain, objects);
        }

        return replaced;
    }

    /// <summary>Attributes with keys replaced.</summary>
    public static JsonObject InAttrs(ModelKind kind, JsonObject attrs, AppliedObjects objects)
    {
        var replaced = new JsonObject();
        foreach (var (name, value) in attrs)
            replaced[name] = InField(kind.Find(name), value, objects);
        return replaced;
    }

    // UUIDs mean the same wherever they stand; a number is a key only in a field that holds keys.
    static JsonNode? InField(Field? field, JsonNode? value, AppliedObjects objects) => value switch
    {
        null => null,
        JsonArray list => new JsonArray([.. list.Select(item => InField(field, item, objects))]),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, InField(null, pair.Value, objects)))),
        _ when value.GetValueKind() == JsonValueKind.String && Guid.TryParse(value.GetValue<string>(), out var uuid) =>
            objects.Replacement(uuid.ToString()) ?? value.DeepClone(),
        _ when value.GetValueKind() == JsonValueKind.Number && field?.Target is not null => objects.Replacement(value.ToJsonString()) ?? value.DeepClone(),
        _ => value.DeepClone(),
    };
}
