using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Blueprints.Exporting;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Flows;

/// <summary>Gives a flow with its stages, prompts, policies and bindings as a blueprint.</summary>
static class ExportApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/flows/instances/{slug}/export/", ExportAsync)
            .Note("Answers the flow with its stages, policies and bindings as a blueprint.", answer: "file");

    static async Task<IResult> ExportAsync(HttpContext http, string slug, ObjectQuery query, IAccess access, ExportObjects export)
    {
        var found = await query.FindAsync(FlowKind.Kind, http.Caller(), slug, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var entity, out var fault))
            return FaultResult.Of(fault);
        var flow = (Flow)entity;
        if (await access.RefuseAsync(http.Caller(), FlowKind.Export, FlowKind.Kind.KeyOf(flow), http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"flow-{flow.Slug}.yaml\"";
        return Results.Text(await export.WithPartsAsync(FlowKind.Kind, flow, http.RequestAborted), "application/yaml");
    }
}
