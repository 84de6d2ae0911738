using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Postern.OAuth2.Http;

/// <summary>An error for a program (RFC 6749 section 5.2).</summary>
sealed record OAuthError(string Code, string Description, int Status = StatusCodes.Status400BadRequest)
{
    public static readonly OAuthError InvalidClient =
        new("invalid_client", "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)");

    public static readonly OAuthError InvalidGrant = new(
        "invalid_grant",
        "The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client");

    public static readonly OAuthError UnauthorizedClient = new("unauthorized_client", "The authenticated client is not authorized to use this authorization grant type");
    public static readonly OAuthError UnsupportedGrantType = new("unsupported_grant_type", "The authorization grant type is not supported by the authorization server");

    public static readonly OAuthError InvalidScope =
        new("invalid_scope", "The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner");

    public static OAuthError InvalidRequest(string description = "The request is otherwise malformed") => new("invalid_request", description);

    public IResult ToResult(HttpContext http)
    {
        // RFC 6749 section 5.2: whoever tried the Authorization header is told so with 401.
        if (Code is "invalid_client" && http.Request.Headers.Authorization.Count > 0)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"oauth2\"";
            return OAuthJson.Result(http, Body(http), StatusCodes.Status401Unauthorized);
        }
        return OAuthJson.Result(http, Body(http), Status);
    }

    JsonObject Body(HttpContext http) => new() { ["error"] = Code, ["error_description"] = Description, ["request_id"] = http.TraceIdentifier };
}
