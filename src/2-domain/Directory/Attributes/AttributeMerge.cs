using System.Text.Json.Nodes;

namespace Postern.Directory.Attributes;

/// <summary>The deep merge of effective attributes: objects key by key, lists one after the other, the later of other values.</summary>
public static class AttributeMerge
{
    /// <summary>Merges <paramref name="later"/> into <paramref name="target"/>, copying what it takes.</summary>
    public static JsonObject Into(JsonObject target, JsonObject later)
    {
        foreach (var (key, value) in later)
        {
            target[key] = (target[key], value) switch
            {
                (JsonObject mine, JsonObject other) => Into((JsonObject)mine.DeepClone(), other),
                (JsonArray mine, JsonArray other) => new JsonArray([.. mine.Concat(other).Select(item => item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }
        return target;
    }
}
