using System.Text.Json.Nodes;

namespace Postern.Blueprints.Instances;

/// <summary>Metadata as the wire has it: <c>{"name": …, "labels": {…}}</c>.</summary>
internal static class MetadataJson
{
    public static JsonObject Of(BlueprintMetadata? metadata)
    {
        if (metadata is null)
            return [];
        var labels = new JsonObject();
        foreach (var (key, value) in metadata.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            labels[key] = value;
        return new JsonObject { ["name"] = metadata.Name, ["labels"] = labels };
    }
}
