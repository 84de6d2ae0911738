using System.Text.Json.Nodes;

namespace Postern.Blueprints.Nodes;

/// <summary>A single value: null, boolean, number, text or point in time.</summary>
public sealed class ScalarNode : BlueprintNode
{
    readonly JsonNode? json;

    internal ScalarNode(NodePlace place, ScalarKind kind, JsonNode? value, string text) : base(place, [], text.Length) =>
        (Kind, json, Text) = (kind, value, text);

    /// <summary>What the value is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The value as written, without quotes.</summary>
    public string Text { get; }

    /// <summary>A text value.</summary>
    public static ScalarNode OfText(NodePlace place, string text) => new(place, ScalarKind.Text, JsonValue.Create(text), text);

    /// <summary>The null value.</summary>
    public static ScalarNode OfNull(NodePlace place) => new(place, ScalarKind.Null, null, "null");

    /// <summary>A fresh copy of the value; points in time become ISO 8601 text.</summary>
    public JsonNode? ToJson() => json?.DeepClone();
}
