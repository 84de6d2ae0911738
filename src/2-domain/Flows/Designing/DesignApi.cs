using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Flows.Designing;

/// <summary>Doors for whoever designs a flow: what a look through it finds, and moving a stage.</summary>
static class DesignApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/flows/instances/{slug}/check/", CheckAsync)
            .Note("Looks through the flow for what will surprise people.", answer: "FlowCheck{findings:[FlowFinding{severity message advice binding:uuid?}]}");
        routes.MapPost("/api/v3/flows/bindings/{lookup}/move/", MoveAsync)
            .Note("Moves the stage to another place of its flow; places count from 0.", body: "MoveStageRequest{place:int}");
    }

    static async Task<IResult> CheckAsync(HttpContext http, string slug, CheckFlow check)
    {
        var found = await check.ExecuteAsync(http.Caller(), slug, http.RequestAborted);
        return found.Succeeded(out var findings, out var fault) ? new WireJson(writer => Write(writer, findings)) : FaultResult.Of(fault);
    }

    static async Task<IResult> MoveAsync(HttpContext http, string lookup, MoveStage move)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        if (!Guid.TryParse(lookup, out var binding))
            return FaultResult.Of(new Fault.NotFound(Bindings.FlowStageBindingKind.Kind.Label));
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty("place", out var place) || place.ValueKind is not JsonValueKind.Number || !place.TryGetInt32(out var to))
            return FaultResult.Of(Fault.Field("place", "A valid integer is required."));
        var moved = await move.ExecuteAsync(http.Caller(), binding, to, http.RequestAborted);
        return moved.Fault is { } fault ? FaultResult.Of(fault) : Results.NoContent();
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<FlowFinding> findings)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("severity", WireEnum<FindingSeverity>.Name(finding.Severity));
            writer.WriteString("message", finding.Message);
            writer.WriteString("advice", finding.Advice);
            if (finding.Binding is { } binding)
                writer.WriteString("binding", binding);
            else
                writer.WriteNull("binding");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
