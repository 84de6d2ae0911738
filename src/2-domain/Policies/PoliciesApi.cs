using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Policies.Expressions;
using Postern.Policies.Testing;

namespace Postern.Policies;

/// <summary>Doors of policies beyond CRUD.</summary>
static class PoliciesApi
{
    static readonly Permission ViewCache = new("authentik_policies", "view_policy_cache");
    static readonly Permission ClearCache = new("authentik_policies", "clear_policy_cache");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/policies/expression/check/", (HttpContext http, CheckExpression check) => CheckExpressionApi.ExecuteAsync(http, check))
            .Note("Looks through an expression without running it.", answer: "ExpressionCheck{findings:[ExpressionFinding{severity code message line:int column:int}]}", body: "ExpressionCheckRequest{expression use?}");
        var group = routes.MapGroup("/api/v3/policies/all/");
        group.MapGet("cache_info/", (HttpContext http, IAccess access) => CacheInfoAsync(http, access))
            .Note("Counts verdicts that are kept.", answer: "Cache");
        group.MapPost("{lookup}/test/", (HttpContext http, string lookup, TestPolicy test) => TestPolicyApi.ExecuteAsync(http, lookup, test))
            .Note("Tries the policy for a user.", answer: "PolicyTestResult{passing:bool messages:[text] log_messages:[json]}", body: "PolicyTestRequest{user:int context:json?}");
        group.MapPost("cache_clear/", (HttpContext http, IAccess access) => CacheClearAsync(http, access))
            .Note("Forgets verdicts that are kept.");
    }

    // Verdicts are never kept, so there are none to count or to clear; clients of the reference still ask.
    static async Task<IResult> CacheInfoAsync(HttpContext http, IAccess access) =>
        await access.RefuseAsync(http.Caller(), ViewCache, key: null, http.RequestAborted) is { } refusal
            ? FaultResult.Of(refusal)
            : new WireJson(static writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("count", 0);
                writer.WriteEndObject();
            });

    static async Task<IResult> CacheClearAsync(HttpContext http, IAccess access) =>
        await access.RefuseAsync(http.Caller(), ClearCache, key: null, http.RequestAborted) is { } refusal
            ? FaultResult.Of(refusal)
            : Results.NoContent();
}
