using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Flows.Bindings;
using Postern.Flows.Running;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Flows.Inspecting;

/// <summary><c>GET flows/inspector/{flow_slug}/</c>: where the browser's run of a flow stands. Steps that are behind it are not kept.</summary>
static class InspectorApi
{
    const string Plan = "FlowInspectorPlan{current_stage:json next_planned_stage:json plan_context:json session_id}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/flows/inspector/{flow_slug}/", ExecuteAsync)
        .Note("Tells where the browser's run of the flow stands.", answer: $"FlowInspection{{plans:[{Plan}] current_plan:FlowInspectorPlan is_completed:bool}}", query: "query?", id: "flows_inspector_get");

    static async Task<IResult> ExecuteAsync(HttpContext http, [FromRoute(Name = "flow_slug")] string slug, InspectFlow inspect, PosternDb db)
    {
        var inspected = await inspect.ExecuteAsync(http, slug, PageQuery.Parse(http.Request.Query["query"]), http.RequestAborted);
        if (!inspected.Succeeded(out var inspection, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.XFrameOptions = "SAMEORIGIN";
        http.Response.Headers.CacheControl = "no-store";
        var loading = new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted);
        var plan = new JsonObject
        {
            ["current_stage"] = await StageAsync(inspection.Ahead.ElementAtOrDefault(0), loading),
            ["next_planned_stage"] = await StageAsync(inspection.Ahead.ElementAtOrDefault(1), loading),
            ["plan_context"] = inspection.Context,
            ["session_id"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inspection.Session.ToString()))),
        };
        var answer = new JsonObject { ["plans"] = new JsonArray(plan.DeepClone()), ["current_plan"] = plan, ["is_completed"] = false };
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static async Task<JsonObject> StageAsync(InspectedStage? stage, LoadContext loading)
    {
        if (stage is null)
            return [];
        if (stage.Binding is { } binding)
            return (await Rendered.OneAsync(FlowStageBindingKind.Kind, binding, loading)).ToNode();
        return new JsonObject { ["stage_obj"] = new JsonObject { ["name"] = stage.Stage.Name, ["verbose_name"] = stage.Type } };
    }
}
