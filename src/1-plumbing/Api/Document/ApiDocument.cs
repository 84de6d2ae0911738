using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Kinds;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>The OpenAPI document (3.0.3) of all doors below <c>/api/v3</c>, made from the routes, the declarations of kinds and the notes of doors.</summary>
public sealed class ApiDocument
{
    readonly Lazy<JsonObject> json;

    public ApiDocument(EndpointDataSource routes, KindRegistry kinds) => json = new(() => Write(routes, kinds));

    public JsonObject Json => json.Value;

    static JsonObject Write(EndpointDataSource routes, KindRegistry kinds)
    {
        var components = new Components(kinds);
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var endpoint in routes.Endpoints.OfType<RouteEndpoint>())
        {
            if (ApiPath.Of(endpoint, kinds) is not { } path)
                continue;
            var item = paths.TryGetValue(path.Text, out var known) ? known : paths[path.Text] = [];
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                item[method.ToLowerInvariant()] = Operation(method, path, endpoint, components);
        }
        Shape.Read("GenericError{detail code?}", components);
        Shape.Read("ValidationError{non_field_errors:[text]? code?}", components);
        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "Postern", ["version"] = WireVersion, ["description"] = "The API of Postern. Send an API token as bearer credentials." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api/v3" }),
            ["paths"] = new JsonObject([.. paths.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))]),
            ["components"] = new JsonObject
            {
                ["schemas"] = components.Json,
                ["responses"] = new JsonObject { ["ValidationErrorResponse"] = Refusal("What is wrong with which field.", "ValidationError"), ["GenericErrorResponse"] = Refusal("Why it is refused.", "GenericError") },
                ["securitySchemes"] = new JsonObject { ["authentik"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };
    }

    /// <summary>The version of the reference whose wire this speaks; clients compare it.</summary>
    public const string WireVersion = "2026.8.3";

    static JsonObject Operation(string method, ApiPath path, RouteEndpoint endpoint, Components components)
    {
        var note = endpoint.Metadata.GetMetadata<DoorNote>();
        var door = note is null ? endpoint.Metadata.GetMetadata<KindDoor>() : null;
        var isList = door?.Verb is Verbs.List or Verbs.UsedBy || note?.Answer.FirstOrDefault() is '[' || note?.Answer.StartsWith("page(", StringComparison.Ordinal) == true;
        var operation = new JsonObject
        {
            ["operationId"] = note?.Id ?? OperationName.Of(method, path.Text, isList),
            ["summary"] = door is not null ? KindOperation.Summary(door, method) : note?.Summary ?? "",
            ["tags"] = new JsonArray(path.Text.Split('/')[1]),
            ["parameters"] = Parameters(path, door is not null ? KindOperation.Query(door, components) : Shape.Members(note?.Query ?? "", components), components),
            ["security"] = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? new JsonArray(Scheme(), new JsonObject()) : new JsonArray(Scheme()),
        };
        if ((door is not null ? KindOperation.Body(door, method, components) : Optional(note?.Body, components)) is { } body)
            operation["requestBody"] = new JsonObject { ["content"] = Content(body, note?.Body), ["required"] = true };
        var (status, schema) = door is not null ? KindOperation.Answer(door, components) : (note?.Status ?? 200, Optional(note?.Answer, components));
        var answer = new JsonObject { ["description"] = "" };
        if (schema is not null)
            answer["content"] = Content(schema, note?.Answer);
        operation["responses"] = new JsonObject { [status.ToString(CultureInfo.InvariantCulture)] = answer, ["400"] = Response("ValidationErrorResponse"), ["403"] = Response("GenericErrorResponse") };
        if (path.Parameters.Count > 0)
            operation["responses"]!["404"] = Response("GenericErrorResponse");
        return operation;
    }

    static JsonArray Parameters(ApiPath path, IEnumerable<KeyValuePair<string, JsonNode?>> query, Components components)
    {
        var all = new JsonArray();
        foreach (var (name, field) in path.Parameters)
            all.Add((JsonNode)new JsonObject { ["in"] = "path", ["name"] = name, ["required"] = true, ["schema"] = field is null ? Shape.Read("text", components) : FieldSchema.Of(field, components) });
        foreach (var (name, schema) in query)
            all.Add((JsonNode)new JsonObject { ["in"] = "query", ["name"] = name, ["schema"] = schema?.DeepClone() });
        return all;
    }

    static JsonObject? Optional(string? shape, Components components) => string.IsNullOrEmpty(shape) ? null : Shape.Read(shape, components);

    // What holds a file travels as a form, and a file alone as itself.
    static JsonObject Content(JsonObject schema, string? shape) =>
        new() { [shape is "file" ? "application/octet-stream" : shape?.Contains(":file", StringComparison.Ordinal) == true ? "multipart/form-data" : "application/json"] = new JsonObject { ["schema"] = schema } };

    static JsonObject Scheme() => new() { ["authentik"] = new JsonArray() };

    static JsonObject Response(string name) => new() { ["$ref"] = $"#/components/responses/{name}" };

    static JsonObject Refusal(string why, string schema) => new()
    {
        ["description"] = why,
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } } },
    };
}
