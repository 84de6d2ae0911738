using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Applications.Providers;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Applications.Transactions;

/// <summary><c>PUT core/transactional/applications/</c>: an application with its provider and bindings in one step.</summary>
static class TransactionApi
{
    const string Required = "This field is required.";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/api/v3/core/transactional/applications/", ExecuteAsync)
            .Note("Creates an application with its provider and bindings, or none of them.", answer: "TransactionApplicationResponse{applied:bool logs:[text]}", body: "TransactionApplicationRequest{app:ApplicationRequest provider_model provider:json policy_bindings:[json]?}");

    static async Task<IResult> ExecuteAsync(HttpContext http, CreateWithProvider create)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!Read(body).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await create.ExecuteAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var outcome, out var refusal))
            return FaultResult.Of(refusal);
        return outcome.Errors.Count > 0 ? Errors(outcome) : new WireJson(static writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("applied", value: true);
            writer.WriteStartArray("logs");
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    static Result<TransactionRequest> Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        var errors = new FieldErrors();
        var application = Part(body, "app", errors);
        var provider = Part(body, "provider", errors);
        var kind = Kind(body, provider, errors);
        var bindings = new List<JsonObject>();
        if (body.TryGetProperty("policy_bindings", out var given) && given.ValueKind is JsonValueKind.Array)
            bindings.AddRange(given.EnumerateArray().Where(b => b.ValueKind is JsonValueKind.Object).Select(b => JsonObject.Create(b)!));
        else if (given.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            errors.Add("policy_bindings", "Expected a list of items.");
        return errors.Any ? new Fault.Invalid(errors) : new TransactionRequest(application!, kind!, provider!, bindings);
    }

    static JsonObject? Part(JsonElement body, string name, FieldErrors errors)
    {
        if (body.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Object)
            return JsonObject.Create(part);
        errors.Add(name, part.ValueKind is JsonValueKind.Undefined ? Required : "Invalid data. Expected a dictionary.");
        return null;
    }

    // Published clients write the name of the model into the provider and call it providerModel.
    static ModelKind? Kind(JsonElement body, JsonObject? provider, FieldErrors errors)
    {
        var name = body.TryGetProperty("provider_model", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString() : provider?["providerModel"]?.ToString();
        var kind = ProviderKind.Kind.Family.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase));
        if (kind is null)
            errors.Add("provider_model", name is null ? Required : $"\"{name}\" is not a valid choice.");
        return kind;
    }

    static WireJson Errors(TransactionOutcome outcome) => new(
        writer =>
        {
            writer.WriteStartObject();
            foreach (var (part, errors) in outcome.Errors)
            {
                writer.WriteStartObject(part);
                foreach (var field in errors.Fields)
                {
                    writer.WriteStartArray(field);
                    foreach (var text in errors[field])
                        writer.WriteStringValue(text);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        },
        StatusCodes.Status400BadRequest);
}
