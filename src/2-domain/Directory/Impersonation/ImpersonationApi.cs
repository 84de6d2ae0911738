using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Directory.Impersonation;

/// <summary>Doors of impersonation: <c>core/users/{id}/impersonate/</c> and <c>core/users/impersonate_end/</c>.</summary>
static class ImpersonationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/core/users/{lookup}/impersonate/", StartAsync)
            .Note("Goes on as this user.", body: "ImpersonationRequest{reason}");
        routes.MapGet("/api/v3/core/users/impersonate_end/", EndAsync)
            .Note("Ends going on as another user.");
    }

    static async Task<IResult> StartAsync(string lookup, HttpContext http, StartImpersonation start)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        var reason = body.ValueKind is JsonValueKind.Object && body.TryGetProperty("reason", out var given) && given.ValueKind is JsonValueKind.String ? given.GetString()! : "";
        var outcome = await start.ExecuteAsync(http, lookup, reason, http.RequestAborted);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }

    static async Task<IResult> EndAsync(HttpContext http, EndImpersonation end)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        await end.ExecuteAsync(http, http.RequestAborted);
        return TypedResults.NoContent();
    }
}
