using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel.Values;

namespace Postern.Directory.Tokens;

/// <summary>Doors of tokens beyond CRUD.</summary>
static class TokenApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/v3/core/tokens/");
        tokens.MapGet("{lookup}/view_key/", ViewAsync)
            .Note("Shows the key of the token, which is recorded.", answer: "TokenView{key}");
        tokens.MapPost("{lookup}/set_key/", SetAsync)
            .Note("Sets the key of the token.", body: "TokenSetKeyRequest{key}");
    }

    static async Task<IResult> ViewAsync(string lookup, HttpContext http, TokenKeys keys)
    {
        if (!(await keys.ViewAsync(http.Caller(), lookup, http.RequestAborted)).Succeeded(out var key, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.CacheControl = "no-store";
        return new WireJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("key", key.Reveal);
            writer.WriteEndObject();
        });
    }

    static async Task<IResult> SetAsync(string lookup, HttpContext http, TokenKeys keys)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!body.Text("key").Succeeded(out var key, out var malformed))
            return FaultResult.Of(malformed);
        var outcome = await keys.SetAsync(http.Caller(), lookup, new Secret(key), http.RequestAborted);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }
}
