using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Reading;

/// <summary>Tags followed by a single value.</summary>
internal static class TextForms
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static TagForm KeyOf(NodePlace place, string text) => text.Length == 0 ? TagForm.Wrong : new KeyOfNode(place, text);

    public static TagForm Env(NodePlace place, string text) => text.Length == 0 ? TagForm.Wrong : new EnvNode(place, text, null);

    public static TagForm File(NodePlace place, string text) => text.Length == 0 ? TagForm.Wrong : new FileNode(place, text, null);

    public static TagForm Context(NodePlace place, string text) => text.Length == 0 ? TagForm.Wrong : new ContextNode(place, text, null);

    public static TagForm Index(NodePlace place, string text) => Depth(text) is { } depth ? new IndexNode(place, depth) : TagForm.Wrong;

    public static TagForm Value(NodePlace place, string text) => Depth(text) is { } depth ? new ValueNode(place, depth) : TagForm.Wrong;

    public static TagForm ParseJson(NodePlace place, string text)
    {
        try
        {
            JsonNode.Parse(text, documentOptions: Strict);
            return new ParseJsonNode(place, text);
        }
        catch (JsonException failure)
        {
            return $"!ParseJSON: the text is not valid JSON. {failure.Message}";
        }
    }

    static int? Depth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : null;
}
