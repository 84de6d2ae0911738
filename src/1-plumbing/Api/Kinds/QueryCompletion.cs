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
                WriteKeys(writer, $"{kind.Name}_{field.Name}", field.Keys);
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

    /// <summary>The keys below a JSON field; what lies deeper is a model of its own, named after its path.</summary>
    static void WriteKeys(Utf8JsonWriter writer, string model, IEnumerable<string> keys)
    {
        var groups = keys.GroupBy(k => k.Split('.')[0], k => k.Split('.', 2).ElementAtOrDefault(1), StringComparer.Ordinal).ToList();
        writer.WriteStartObject(model);
        foreach (var group in groups)
        {
            var isLeaf = group.All(below => below is null);
            writer.WriteStartObject(group.Key);
            writer.WriteString("type", isLeaf ? "str" : "relation");
            writer.WriteBoolean("nullable", true);
            if (!isLeaf)
                writer.WriteString("relation", $"{model}_{group.Key}");
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        foreach (var group in groups.Where(g => g.Any(below => below is not null)))
            WriteKeys(writer, $"{model}_{group.Key}", group.OfType<string>());
    }
}
