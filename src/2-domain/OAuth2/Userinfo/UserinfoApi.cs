using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Token;
using Postern.OAuth2.Tokens;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Userinfo;

/// <summary>The userinfo endpoint (OpenID Connect Core section 5.3): what the scopes of an access token tell about its user.</summary>
static class UserinfoApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/application/o/userinfo/", ["GET", "POST"], AnswerAsync);

    static async Task<IResult> AnswerAsync(HttpContext http, FindToken find, Snapshot<ClientPicture> clients, Subject subjects, MapClaims mappings, CheckProof proofs, TimeProvider clock)
    {
        var cancellation = http.RequestAborted;
        http.Response.Headers.CacheControl = "no-store";
        var shown = await ReadAsync(http, cancellation);
        if (shown is null)
            return Refuse(http, error: null, StatusCodes.Status401Unauthorized);
        var token = await find.WithGroupsAsync(shown, cancellation);
        if (token is null || !token.IsLive(clock.GetUtcNow()) || (await clients.GetAsync(cancellation)).OfProvider(token.ProviderId) is not { Application: not null } client)
            return Refuse(http, "invalid_token", StatusCodes.Status401Unauthorized);
        // A bound token comes with a proof, and only such a token does.
        var isProven = http.Request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase);
        var (key, refused) = isProven ? await proofs.ExecuteAsync(http, shown, cancellation) : (null, null);
        if (refused is not null || key != token.KeyThumbprint)
            return Refuse(http, "invalid_token", StatusCodes.Status401Unauthorized);
        if (!token.Has("openid"))
            return Refuse(http, "insufficient_scope", StatusCodes.Status403Forbidden);
        var claims = new JsonObject { ["sub"] = await subjects.OfAsync(client, token.User, cancellation) };
        foreach (var (name, value) in await mappings.ExecuteAsync(client, token.User, token.Scope, http, cancellation, groups: token.Groups))
        {
            if (value is not null && name is not "sub")
                claims[name] = value.DeepClone();
        }
        return OAuthJson.Result(http, claims);
    }

    /// <summary>From the header or the form (RFC 6750 sections 2.1 and 2.2); never from the address, which lands in logs.</summary>
    static async Task<string?> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..].Trim();
        if (header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase))
            return header[5..].Trim();
        return HttpMethods.IsPost(http.Request.Method) && await OAuthForm.ReadAsync(http.Request, cancellation) is { } form ? form["access_token"] : null;
    }

    // RFC 6750 section 3: who showed no token is not told of an error.
    static IResult Refuse(HttpContext http, string? error, int status)
    {
        var why = error switch { null => "", "invalid_token" => ", error=\"invalid_token\", error_description=\"The access token is unknown, expired or revoked\"", _ => $", error=\"{error}\", error_description=\"The access token does not cover this\"" };
        http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"userinfo\"{why}";
        return Results.StatusCode(status);
    }
}
