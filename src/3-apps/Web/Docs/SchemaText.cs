using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Web.Docs;

/// <summary>Schemas in words and by example.</summary>
public sealed class SchemaText(JsonObject schemas)
{
    /// <summary>Objects within objects are shown this deep.</summary>
    const int Deepest = 3;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The members of an object; none for what is no object.</summary>
    public IEnumerable<SchemaMember> Members(JsonObject schema)
    {
        var whole = Resolve(schema);
        var required = whole["required"]?.AsArray().Select(r => r!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        return (whole["properties"]?.AsObject() ?? []).Select(p => new SchemaMember(p.Key, Type(p.Value!.AsObject()), required.Contains(p.Key), Note(p.Value!.AsObject())));
    }

    /// <summary>A type in a few words: <c>text</c>, <c>list of uuid</c>.</summary>
    public static string Type(JsonObject schema)
    {
        if (schema["$ref"]?.ToString() is { } name)
            return name[(name.LastIndexOf('/') + 1)..];
        if (schema["allOf"] is JsonArray { Count: > 0 } all)
            return Type(all[0]!.AsObject());
        return (schema["type"]?.ToString(), schema["format"]?.ToString()) switch
        {
            ("array", _) => $"list of {Type(schema["items"]?.AsObject() ?? [])}",
            ("string", "date-time") => "time",
            ("string", { } format) => format,
            ("string", _) => "text",
            (null, _) => "anything",
            var (type, _) => type,
        };
    }

    /// <summary>A value that fits, as indented JSON.</summary>
    public string Example(JsonObject schema) => Sample(schema, Deepest)?.ToJsonString(Indented) ?? "null";

    JsonNode? Sample(JsonObject schema, int depth)
    {
        var whole = Resolve(schema);
        if (whole["enum"] is JsonArray { Count: > 0 } choices)
            return choices[0]!.DeepClone();
        if (whole["properties"] is JsonObject properties)
            return depth == 0 ? new JsonObject() : new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, Sample(p.Value!.AsObject(), depth - 1))));
        return (whole["type"]?.ToString(), whole["format"]?.ToString()) switch
        {
            ("array", _) => depth == 0 ? new JsonArray() : new JsonArray(Sample(whole["items"]?.AsObject() ?? [], depth - 1)),
            ("object", _) => new JsonObject(),
            ("integer" or "number", _) => 1,
            ("boolean", _) => true,
            ("string", "uuid") => "01a22c4d-5e5d-7ee1-ab6e-f1f83d6d9f66",
            ("string", "date-time") => "2026-11-30T12:00:00Z",
            ("string", "email") => "ann@example.org",
            ("string", _) => "text",
            _ => null,
        };
    }

    JsonObject Resolve(JsonObject schema) =>
        schema["$ref"]?.ToString() is { } name ? schemas[name[(name.LastIndexOf('/') + 1)..]]?.AsObject() ?? []
        : schema["allOf"] is JsonArray { Count: > 0 } all ? Resolve(all[0]!.AsObject())
        : schema;

    static string Note(JsonObject schema)
    {
        var parts = new List<string>();
        if (schema["description"]?.ToString() is { Length: > 0 } help)
            parts.Add(help);
        if ((schema["enum"] ?? schema["items"]?["enum"]) is JsonArray { Count: > 0 } choices)
            parts.Add($"One of {string.Join(", ", choices.Select(c => c!.ToString()))}.");
        if (schema["maxLength"] is { } length)
            parts.Add($"At most {length} characters.");
        if (schema["writeOnly"] is not null)
            parts.Add("Never answered.");
        if (schema["nullable"] is not null)
            parts.Add("May be null.");
        return string.Join(' ', parts);
    }
}

/// <summary>One member of an object.</summary>
public sealed record SchemaMember(string Name, string Type, bool IsRequired, string Note);
