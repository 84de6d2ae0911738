using System.Text.Json.Nodes;
using Postern.Api.Kinds;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>Describes the generic doors of a kind as notes describe the others.</summary>
static class KindOperation
{
    public static string Summary(KindDoor door, string method) => door.Verb switch
    {
        Verbs.List => $"Lists {door.Kind.LabelPlural}.",
        Verbs.Create => $"Creates one of the {door.Kind.LabelPlural}.",
        Verbs.Update => method is "PUT" ? $"Replaces what is set on the {door.Kind.Label}." : $"Changes parts of the {door.Kind.Label}.",
        Verbs.Delete => $"Deletes the {door.Kind.Label}.",
        Verbs.UsedBy => $"Tells what refers to the {door.Kind.Label}, and what becomes of it on deletion.",
        _ => $"Answers the {door.Kind.Label}.",
    };

    public static JsonObject? Body(KindDoor door, string method, Components components) => (door.Verb, method) switch
    {
        (Verbs.Create, _) or (Verbs.Update, "PUT") => components.Request(door.Kind),
        (Verbs.Update, _) => components.Patch(door.Kind),
        _ => null,
    };

    public static (int Status, JsonObject? Schema) Answer(KindDoor door, Components components) => door.Verb switch
    {
        Verbs.List => (200, components.Page(components.Answer(door.Kind))),
        Verbs.Create => (201, components.Answer(door.Kind)),
        Verbs.Delete => (204, null),
        Verbs.UsedBy => (200, Shape.Read("[UsedBy{app model_name pk name action}]", components)),
        _ => (200, components.Answer(door.Kind)),
    };

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Query(KindDoor door, Components components)
    {
        if (door.Verb is not Verbs.List)
            return [];
        var kind = door.Kind;
        var filters = kind.FilterNames.Order(StringComparer.Ordinal).Select(f => KeyValuePair.Create(f, (JsonNode?)Filter(kind, f, components)));
        return filters.Concat(Shape.Members("ordering page:int page_size:int search", components));
    }

    static JsonObject Filter(ModelKind kind, string name, Components components)
    {
        if (kind.Find(name) is not { } field)
            return Shape.Read(name.EndsWith("__isnull", StringComparison.Ordinal) ? "bool" : "text", components);
        var schema = FieldSchema.Of(field, components);
        return schema["items"] is JsonObject item ? item.DeepClone().AsObject() : schema;
    }
}
