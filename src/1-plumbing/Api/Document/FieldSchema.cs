using System.Collections;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>The schema of one field.</summary>
static class FieldSchema
{
    public static JsonObject Of(Field field, Components components)
    {
        var schema = field.Expands is { } objects ? Expanded(objects, components) : field.Type is FieldType.Computed ? OfClr(field.ValueType) : Plain(field, components);
        // Beside a reference nothing else counts (OpenAPI 3.0.3, reference object).
        if (schema.ContainsKey("$ref"))
            return schema;
        if (field.Help.Length > 0)
            schema["description"] = field.Help;
        if ((field.Nullable || field.OnRequest) && schema.Count > 0)
            schema["nullable"] = true;
        return schema;
    }

    static JsonObject Plain(Field field, Components components)
    {
        var schema = Typed(field, components);
        var limits = field.Limits;
        if (limits.MaxLength is { } length)
            schema["maxLength"] = length;
        if (limits.Minimum is { } minimum)
            schema["minimum"] = minimum;
        if (limits.Maximum is { } maximum)
            schema["maximum"] = maximum;
        return schema;
    }

    static JsonObject Typed(Field field, Components components) => field.Type switch
    {
        FieldType.Integer => Type("integer"),
        FieldType.Number => Type("number", "double"),
        FieldType.Boolean => Type("boolean"),
        FieldType.Choice => new() { ["type"] = "string", ["enum"] = Texts(field.Choices) },
        FieldType.Email => Type("string", "email"),
        FieldType.Slug => new() { ["type"] = "string", ["pattern"] = "^[-a-zA-Z0-9_]+$" },
        FieldType.Uuid => Type("string", "uuid"),
        FieldType.Timestamp => Type("string", "date-time"),
        FieldType.Json => field.Columns.Count > 0 ? List(Row(field.Columns)) : field.TakesAnyJson ? [] : new() { ["type"] = "object", ["additionalProperties"] = new JsonObject() },
        FieldType.TextList => List(field.Member?.ReturnType == typeof(List<int>) ? Type("integer") : Type("string")),
        FieldType.ChoiceList => List(new() { ["type"] = "string", ["enum"] = Texts(field.Choices) }),
        FieldType.Reference => KeyOf(field, components),
        FieldType.ReferenceList => List(KeyOf(field, components)),
        _ => Type("string"),
    };

    static JsonObject KeyOf(Field field, Components components) =>
        components.Kinds.Find(field.Target ?? "")?.Key.Type is FieldType.Integer ? Type("integer") : Type("string", "uuid");

    static JsonObject Row(IReadOnlyList<FieldColumn> columns) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject([.. columns.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)(c.Choices.Count > 0 ? new JsonObject { ["type"] = "string", ["enum"] = Texts(c.Choices) } : Type("string"))))]),
    };

    static JsonObject Expanded(ExpandedObjects objects, Components components)
    {
        var kind = components.Kinds[objects.Kind];
        var one = objects.Only.Count > 0 ? KindSchema.Part(kind, objects.Only, components) : components.Answer(kind);
        return objects.IsList ? List(one) : new JsonObject { ["allOf"] = new JsonArray(one), ["nullable"] = true };
    }

    static JsonObject OfClr(Type? type) => type switch
    {
        null => [],
        _ when type == typeof(string) => Type("string"),
        _ when type == typeof(bool) => Type("boolean"),
        _ when type == typeof(int) || type == typeof(long) => Type("integer"),
        _ when type == typeof(double) => Type("number", "double"),
        _ when type == typeof(Guid) => Type("string", "uuid"),
        _ when type == typeof(DateTimeOffset) => Type("string", "date-time"),
        _ when typeof(JsonObject).IsAssignableFrom(type) => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject() },
        _ when type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && type.GetGenericArguments() is [var item] => List(OfClr(item)),
        _ => [],
    };

    static JsonObject Type(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
