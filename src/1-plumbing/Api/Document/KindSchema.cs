using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>The schemas that follow from a kind's declaration.</summary>
static class KindSchema
{
    /// <summary>What is answered: every member is there, but for secrets that only some are shown.</summary>
    public static JsonObject Answer(ModelKind kind, Components components) => Object(
        kind, kind.Fields.Where(f => f is { BlueprintOnly: false } && (!f.WriteOnly || f.Reveal is not null)), f => f.Reveal is null, (f, s) => Read(f, s), components);

    /// <summary>What is taken; a patch requires nothing.</summary>
    public static JsonObject Request(ModelKind kind, Components components, bool isPatch) => Object(
        kind, kind.Fields.Where(f => f is { ReadOnly: false, BlueprintOnly: false }), f => f.Required && !isPatch, (f, s) => Write(f, s), components);

    /// <summary>Some members of a kind's objects.</summary>
    public static JsonObject Part(ModelKind kind, IReadOnlyList<string> only, Components components) => Object(
        kind, kind.Fields.Where(f => only.Contains(f.Name, StringComparer.Ordinal)), static _ => true, static (_, s) => s, components);

    static JsonObject Object(ModelKind kind, IEnumerable<Field> fields, Func<Field, bool> isRequired, Func<Field, JsonObject, JsonObject> adjust, Components components)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var field in fields)
        {
            properties[field.Name] = adjust(field, FieldSchema.Of(field, components));
            if (isRequired(field))
                required.Add(field.Name);
        }
        var schema = new JsonObject { ["type"] = "object", ["description"] = kind.Description.Length > 0 ? kind.Description : kind.Label, ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    static JsonObject Read(Field field, JsonObject schema)
    {
        if (field.ReadOnly && schema.ContainsKey("type"))
            schema["readOnly"] = true;
        return schema;
    }

    static JsonObject Write(Field field, JsonObject schema)
    {
        if (field.WriteOnly)
            schema["writeOnly"] = true;
        if (field.DefaultNode is { } usual && schema.ContainsKey("type"))
            schema["default"] = usual.DeepClone();
        return schema;
    }
}
