using System.Text.Json.Nodes;
using Postern.Api.Document;

namespace Postern.Web.Docs;

/// <summary>The API document as people read it: operations by subject.</summary>
public sealed class ApiReference(ApiDocument document)
{
    /// <summary>The subjects in the order of the alphabet, with their operations.</summary>
    public IReadOnlyList<IGrouping<string, ApiOperation>> Subjects { get; } =
        [.. Operations(document.Json).GroupBy(o => o.Subject, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)];

    public SchemaText Schemas { get; } = new(document.Json["components"]!["schemas"]!.AsObject());

    /// <summary>Operations whose path, name or sentence has every word.</summary>
    public IReadOnlyList<ApiOperation> Search(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. Subjects.SelectMany(s => s).Where(o => Array.TrueForAll(words, w => $"{o.Method} {o.Path} {o.Id} {o.Summary}".Contains(w, StringComparison.OrdinalIgnoreCase)))];
    }

    static IEnumerable<ApiOperation> Operations(JsonObject json) =>
        from path in json["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());
}

/// <summary>One operation of the document.</summary>
public sealed record ApiOperation(string Method, string Path, JsonObject Json)
{
    public string Id => Json["operationId"]!.ToString();

    public string Subject => Json["tags"]![0]!.ToString();

    public string Summary => Json["summary"]!.ToString();

    /// <summary>Answers callers without credentials too.</summary>
    public bool IsOpen => Json["security"]!.AsArray().Count > 1;

    public IReadOnlyList<JsonObject> Parameters => [.. Json["parameters"]!.AsArray().OfType<JsonObject>()];

    public JsonObject? Body => SchemaOf(Json["requestBody"]);

    /// <summary>The status of success, and what comes with it.</summary>
    public (string Status, JsonObject? Schema) Answer => Json["responses"]!.AsObject().First() is var first ? (first.Key, SchemaOf(first.Value)) : default;

    static JsonObject? SchemaOf(JsonNode? holder) => holder?["content"]?.AsObject().First().Value?["schema"] as JsonObject;
}
