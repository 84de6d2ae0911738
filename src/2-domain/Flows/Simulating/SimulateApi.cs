using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Flows.Simulating;

/// <summary><c>POST flows/instances/{slug}/simulate/</c>: what the flow would do for a user, an address and a context.</summary>
static class SimulateApi
{
    const string Answer =
        "FlowSimulation{passing:bool refusal? gate:json? stages:[SimulatedStage{binding:uuid order:int stage:uuid name type fate asked_again:bool ending? on_plan:json? before:json?}]}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v3/flows/instances/{slug}/simulate/", ExecuteAsync)
        .Note("Tells what the flow would do for a user, an address and a context.", answer: Answer, body: "FlowSimulationRequest{user:int? signed_in:bool? client_ip? context:json?}");

    static async Task<IResult> ExecuteAsync(HttpContext http, string slug, SimulateFlow simulate)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        if (!Read(body).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        var simulated = await simulate.ExecuteAsync(http.Caller(), slug, request, http.RequestAborted);
        return simulated.Succeeded(out var simulation, out var fault) ? new WireJson(writer => SimulationJson.Write(writer, simulation)) : FaultResult.Of(fault);
    }

    static Result<SimulationRequest> Read(JsonElement body)
    {
        if (body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            return Fault.Input("Invalid data. Expected a dictionary.");
        var errors = new FieldErrors();
        var request = new SimulationRequest();
        foreach (var member in body.ValueKind is JsonValueKind.Object ? body.EnumerateObject().Where(m => m.Value.ValueKind is not JsonValueKind.Null).ToArray() : [])
        {
            request = member.Name switch
            {
                "user" when member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt32(out var pk) => request with { User = pk },
                "signed_in" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False => request with { SignedIn = member.Value.GetBoolean() },
                "client_ip" when member.Value.ValueKind is JsonValueKind.String && IPAddress.TryParse(member.Value.GetString(), out var address) => request with { ClientIp = address },
                "context" when member.Value.ValueKind is JsonValueKind.Object => request with { Context = JsonObject.Create(member.Value)! },
                _ => Wrong(request, member.Name, errors),
            };
        }
        return errors.Any ? new Fault.Invalid(errors) : request;
    }

    static SimulationRequest Wrong(SimulationRequest request, string member, FieldErrors errors)
    {
        var problem = member switch
        {
            "user" => "A valid integer is required.",
            "signed_in" => "Must be a valid boolean.",
            "client_ip" => "Enter a valid IPv4 or IPv6 address.",
            "context" => "Value must be a dictionary.",
            _ => null,
        };
        if (problem is not null)
            errors.Add(member, problem);
        return request;
    }
}
