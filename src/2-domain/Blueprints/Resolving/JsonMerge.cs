using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Merges resolved values in depth: maps by key, lists joined, anything else replaced.</summary>
public static class JsonMerge
{
    /// <summary>Merges <paramref name="over"/> into <paramref name="target"/>; the merged parts are copies.</summary>
    public static void Into(JsonObject target, JsonObject over)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(over);
        foreach (var (key, value) in over)
        {
            switch (target[key], value)
            {
                case (JsonObject below, JsonObject above):
                    Into(below, above);
                    break;
                case (JsonArray below, JsonArray above):
                    foreach (var item in above) below.Add(item?.DeepClone());
                    break;
                default:
                    target[key] = value?.DeepClone();
                    break;
            }
        }
    }
}
