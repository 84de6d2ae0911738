using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>What clients ask of the reference's cache of plans. Plans are made for each run here, so that none is ever out of date; configuration is read anew.</summary>
static class CacheApi
{
    static readonly Permission View = new("authentik_flows", "view_flow_cache");
    static readonly Permission Clear = new("authentik_flows", "clear_flow_cache");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/flows/instances/cache_info/", InfoAsync)
            .Note("Counts plans that are kept.", answer: "Cache{count:int}");
        routes.MapPost("/api/v3/flows/instances/cache_clear/", ClearAsync)
            .Note("Forgets plans that are kept.");
    }

    static async Task<IResult> InfoAsync(HttpContext http, IAccess access) =>
        await access.RefuseAsync(http.Caller(), View, key: null, http.RequestAborted) is { } refusal
            ? FaultResult.Of(refusal)
            : new WireJson(static writer => new JsonObject { ["count"] = 0 }.WriteTo(writer));

    static async Task<IResult> ClearAsync(HttpContext http, IAccess access, SnapshotHub hub)
    {
        if (await access.RefuseAsync(http.Caller(), Clear, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        hub.ChangedEverything();
        return Results.NoContent();
    }
}
