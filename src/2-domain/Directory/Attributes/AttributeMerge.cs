using System.Text.Json.Nodes;

namespace Postern.Directory.Attributes;

/// <summary>Deep merges of attributes: objects key by key, lists one after the other, the later of other values.</summary>
public static class AttributeMerge
{
    /// <summary>Merges <paramref name="later"/> into <paramref name="target"/>, copying what it takes; for effective attributes.</summary>
    public static JsonObject Into(JsonObject target, JsonObject later) => Into(target, later, static (mine, other) => mine.Concat(other));

    /// <summary>The same for attributes that are stored: a list is not given what it has already.</summary>
    public static JsonObject Update(JsonObject target, JsonObject later) =>
        Into(target, later, static (mine, other) => mine.Concat(other.Where(item => !mine.Any(had => JsonNode.DeepEquals(had, item)))));

    static JsonObject Into(JsonObject target, JsonObject later, Func<JsonArray, JsonArray, IEnumerable<JsonNode?>> join)
    {
        foreach (var (key, value) in later)
        {
            target[key] = (target[key], value) switch
            {
                (JsonObject mine, JsonObject other) => Into((JsonObject)mine.DeepClone(), other, join),
                (JsonArray mine, JsonArray other) => new JsonArray([.. join(mine, other).Select(item => item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }
        return target;
    }
}
