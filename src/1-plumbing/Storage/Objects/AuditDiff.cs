using System.Text;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Objects;

/// <summary>What changed between two pictures of an object; secrets show only that they changed.</summary>
static class AuditDiff
{
    public static JsonObject Picture(ModelKind kind, object entity)
    {
        var picture = new JsonObject();
        // What the product itself keeps up to date (the time of the last change) is no change of its own.
        foreach (var field in kind.Fields.OfType<ICoded>().Cast<Field>().Where(f => !f.ReadOnly))
        {
            var value = field.NodeOf(entity);
            picture[field.Name] = field.WriteOnly ? Mark(Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "")) : value;
        }
        return picture;
    }

    /// <summary>Wire shape: <c>{"field": {"previous_value": ..., "new_value": ...}}</c>.</summary>
    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        var diff = new JsonObject();
        foreach (var (name, value) in after)
        {
            if (before.Count > 0 && !JsonNode.DeepEquals(before[name], value))
                diff[name] = new JsonObject { ["previous_value"] = Shown(before[name]), ["new_value"] = Shown(value) };
        }
        return diff;
    }

    /// <summary>A picture for people to see.</summary>
    public static JsonObject Shown(JsonObject picture) => new(picture.Select(p => KeyValuePair.Create(p.Key, Shown(p.Value))));

    static JsonValue Mark(byte[] secret) => JsonValue.Create(Hidden + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(secret)));

    static JsonNode? Shown(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var s) && s.StartsWith(Hidden, StringComparison.Ordinal) ? "********************" : value?.DeepClone();

    const string Hidden = "\u0000secret:";
}
