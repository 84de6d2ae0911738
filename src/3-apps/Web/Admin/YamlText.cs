using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Reading;

namespace Postern.Web.Admin;

/// <summary>JSON values as people edit them: read as YAML or JSON, shown as indented JSON (which is YAML too).</summary>
static class YamlText
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool TryParse(string text, out JsonNode? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = PlainYaml.Read(text);
        return problem is null;
    }

    public static string Show(JsonNode? value) => value is null or JsonObject { Count: 0 } ? "" : value.ToJsonString(Indented);
}
