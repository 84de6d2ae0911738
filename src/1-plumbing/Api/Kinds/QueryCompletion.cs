using System.Text.Json;
using Postern.Storage.Kinds;
using Postern.Storage.Queries;

namespace Postern.Api.Kinds;

/// <summary>What completes queries in search boxes: the fields of a kind with their types, and the keys known below JSON fields as further models.</summary>
public static class QueryCompletion
{
    /// <summary>Writes an object, empty for kinds without a query language.</summary>
    public static void Write(Utf8JsonWriter writer, ModelKind? kind)
    {
        writer.WriteStartObject();
        if (kind?.Language is { } language)
        {
            writer.WriteString("current_model", kind.Name);
            writer.WriteStartObject("models");
            writer.WriteStartObject(kind.Name);
            foreach (var field in language.Fields)
                Write(writer, kind, field);
            writer.WriteEndObject();
            foreach (var field in language.Fields.Where(f => f.Type is "relation"))
                WriteKeys(writer, kind, field);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>The same as text, for pages.</summary>
    public static string Text(ModelKind kind)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, kind);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    static void Write(Utf8JsonWriter writer, ModelKind kind, QueryField field)
    {
        writer.WriteStartObject(field.Name);
        writer.WriteString("type", field.Type);
        writer.WriteBoolean("nullable", field.Nullable);
        if (field.Options is { } options)
        {
            writer.WriteStartArray("options");
            foreach (var option in options)
                writer.WriteStringValue(option);
            writer.WriteEndArray();
        }
        else
            writer.WriteNull("options");
        if (field.Type is "relation")
            writer.WriteString("relation", $"{kind.Name}_{field.Name}");
        writer.WriteEndObject();
    }

    static void WriteKeys(Utf8JsonWriter writer, ModelKind kind, QueryField field)
    {
        writer.WriteStartObject($"{kind.Name}_{field.Name}");
        foreach (var key in field.Keys)
        {
            writer.WriteStartObject(key);
            writer.WriteString("type", "str");
            writer.WriteBoolean("nullable", true);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
