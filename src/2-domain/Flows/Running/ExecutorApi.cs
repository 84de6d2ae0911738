using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;

namespace Postern.Flows.Running;

/// <summary>The JSON door of flows: <c>GET|POST /api/v3/flows/executor/{flow_slug}/?query=</c>. After an accepted answer the next challenge follows at once.</summary>
static class ExecutorApi
{
    const string SlugParameter = "flow_slug";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/flows/executor/{flow_slug}/", (HttpContext http, [FromRoute(Name = SlugParameter)] string slug, ExecuteFlow execute) => RunAsync(http, slug, null, execute))
            .Note("Answers the challenge at which the run stands.", answer: "any", query: "query", id: "flows_executor_get")
            .AllowAnonymous();
        routes.MapPost("/api/v3/flows/executor/{flow_slug}/", AnswerAsync)
            .Note("Takes the answer to a challenge, and answers the next.", answer: "any", body: "json", query: "query", id: "flows_executor_solve")
            .AllowAnonymous();
        routes.MapGet("/api/v3/flows/instances/{slug}/execute/", StartAsync)
            .Note("Begins the flow for the caller, in the session whose cookie goes with the answer.", answer: "Link{link}");
    }

    static async Task<IResult> StartAsync(HttpContext http, string slug, StartFlow start)
    {
        if (!(await start.ExecuteAsync(http, slug, http.RequestAborted)).Succeeded(out var flow, out var fault))
            return FaultResult.Of(fault);
        var answer = new JsonObject { ["link"] = FlowLink.To(flow, PageQuery.Parse("")) };
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static async Task<IResult> AnswerAsync(HttpContext http, [FromRoute(Name = SlugParameter)] string slug, ExecuteFlow execute)
    {
        if (http.Request.HasFormContentType)
            return await RunAsync(http, slug, FormAnswer.Of(await http.Request.ReadFormAsync(http.RequestAborted)), execute);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        return body.ValueKind is JsonValueKind.Object
            ? await RunAsync(http, slug, JsonObject.Create(body), execute)
            : FaultResult.Of(Kernel.Fault.Input("Invalid data. Expected a dictionary."));
    }

    static async Task<IResult> RunAsync(HttpContext http, string slug, JsonObject? answer, ExecuteFlow execute)
    {
        http.Response.Headers.CacheControl = "no-store";
        var result = await execute.ExecuteAsync(http, slug, PageQuery.Parse(http.Request.Query["query"]), answer, http.RequestAborted);
        if (result.Fault is { } fault)
            return FaultResult.Of(fault);
        var challenge = result.Value.Challenge;
        return new WireJson(writer => challenge.WriteTo(writer));
    }
}
