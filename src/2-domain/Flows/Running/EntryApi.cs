using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Flows.Running;

/// <summary>The ways into and out of flows: the brand's sign-in and sign-out, and cancelling.</summary>
static class EntryApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/flows/-/default/authentication/", (HttpContext http, DefaultFlows flows) => EnterAsync(http, flows, FlowDesignation.Authentication));
        routes.MapGet("/flows/-/default/invalidation/", (HttpContext http, DefaultFlows flows) => EnterAsync(http, flows, FlowDesignation.Invalidation));
        routes.MapGet("/flows/-/cancel/", CancelAsync);
    }

    static async Task<IResult> EnterAsync(HttpContext http, DefaultFlows flows, FlowDesignation designation) =>
        await flows.FindAsync(http, designation, http.RequestAborted) is { } flow
            ? Results.Redirect($"/if/flow/{flow.Slug}/{http.Request.QueryString}")
            : FaultResult.Of(new Fault.NotFound("Flow"));

    /// <summary>Forgets the runs of this browser. It changes nothing else, so a foreign page that leads here does no harm.</summary>
    static async Task<IResult> CancelAsync(HttpContext http, PosternDb db, IFlowSessions sessions)
    {
        await db.InTransactionAsync(
            async () =>
            {
                (await sessions.OpenAsync(http, http.RequestAborted)).Flows = [];
                return await db.SaveChangesAsync(http.RequestAborted);
            },
            _ => true,
            http.RequestAborted);
        return Results.Redirect(LocalPath.Of(http.Request.Query["next"]) ?? "/flows/-/default/invalidation/");
    }
}
