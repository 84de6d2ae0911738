using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Storage.Objects;

namespace Postern.Flows;

/// <summary>Draws a flow as a Mermaid diagram.</summary>
static class DiagramApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/flows/instances/{slug}/diagram/", DrawAsync)
            .Note("Draws the flow.", answer: "FlowDiagram{diagram}");

    static async Task<IResult> DrawAsync(HttpContext http, string slug, ObjectQuery query, DrawFlow draw)
    {
        if (!(await query.FindAsync(FlowKind.Kind, http.Caller(), slug, tracked: false, http.RequestAborted)).Succeeded(out var flow, out var fault))
            return FaultResult.Of(fault);
        var diagram = await draw.ExecuteAsync((Flow)flow, http.RequestAborted);
        return new WireJson(writer => new JsonObject { ["diagram"] = diagram }.WriteTo(writer));
    }
}
