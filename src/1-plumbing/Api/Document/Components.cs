using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>The schemas of a document by name; what is asked for is added once.</summary>
sealed class Components(KindRegistry kinds)
{
    readonly SortedDictionary<string, JsonObject> schemas = new(StringComparer.Ordinal);

    public JsonObject Json => new([.. schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))]);

    public KindRegistry Kinds => kinds;

    public JsonObject Add(string name, JsonObject schema)
    {
        schemas[name] = schema;
        return Reference(name);
    }

    /// <summary>The schema of that name, which stands elsewhere, or the objects of the kind of that wire name.</summary>
    public JsonObject Named(string name) => kinds.Find(name) is { } kind ? Answer(kind) : Reference(name);

    public JsonObject Answer(ModelKind kind) => Kept(NameOf(kind), () => KindSchema.Answer(kind, this));

    public JsonObject Request(ModelKind kind) => Kept($"{NameOf(kind)}Request", () => KindSchema.Request(kind, this, isPatch: false));

    public JsonObject Patch(ModelKind kind) => Kept($"Patched{NameOf(kind)}Request", () => KindSchema.Request(kind, this, isPatch: true));

    /// <summary>One page of a list.</summary>
    public JsonObject Page(JsonObject item)
    {
        var results = new JsonObject { ["type"] = "array", ["items"] = item };
        if (item["$ref"]?.ToString() is not { } of)
            return Envelope(results);
        return Kept($"Paginated{of[(of.LastIndexOf('/') + 1)..]}List", () => Envelope(results));
    }

    JsonObject Envelope(JsonObject results)
    {
        var numbers = Kept("Pagination", () => Shape.Read("{next:number previous:number count:number current:number total_pages:number start_index:number end_index:number}", this));
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["pagination"] = numbers, ["results"] = results, ["autocomplete"] = Shape.Read("json", this) },
            ["required"] = new JsonArray("pagination", "results", "autocomplete"),
        };
    }

    // The place is taken first: schemas may refer to each other in a circle.
    JsonObject Kept(string name, Func<JsonObject> make)
    {
        if (schemas.TryAdd(name, []))
            schemas[name] = make();
        return Reference(name);
    }

    static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    static string NameOf(ModelKind kind) => kind.EntityType.Name;
}
