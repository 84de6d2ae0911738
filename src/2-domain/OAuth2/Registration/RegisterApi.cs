using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Userinfo;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Registration;

/// <summary>The client registration endpoint of an application (RFC 7591 section 3), open to access tokens of that application with a scope for it.</summary>
static class RegisterApi
{
    public const string Scope = "goauthentik.io/oidc/dcr";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/application/o/{slug}/register/", (Delegate)RegisterAsync);

    static async Task<IResult> RegisterAsync(string slug, HttpContext http, Snapshot<ClientPicture> clients, FindToken find, RegisterClient register, TimeProvider clock)
    {
        var cancellation = http.RequestAborted;
        if ((await clients.GetAsync(cancellation)).OfApplication(slug) is not { Registration: { } registration } beside)
            return new OAuthError("not_found", "Applications cannot be registered here", StatusCodes.Status404NotFound).ToResult(http);
        var header = http.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await find.ExecuteAsync(header[7..].Trim(), cancellation) : null;
        // A token bound to a key is not shown like this (RFC 9449 section 7.1).
        if (token is null || !token.IsLive(clock.GetUtcNow()) || token.KeyThumbprint is not null || token.ProviderId != beside.Provider.Id || !token.Has(Scope))
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"register\", error=\"invalid_token\", scope=\"{Scope}\"";
            return OAuthJson.Result(http, new JsonObject { ["error"] = "invalid_token", ["error_description"] = $"An access token of this application with the scope {Scope} is needed" }, StatusCodes.Status401Unauthorized);
        }
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, cancellation);
        if (unreadable is not null)
            return new OAuthError("invalid_client_metadata", "A JSON object is expected").ToResult(http);
        var outcome = await register.ExecuteAsync(beside, registration, token, body, http, cancellation);
        return outcome.Error is { } error ? new OAuthError(error, outcome.Description, outcome.Status).ToResult(http) : OAuthJson.Result(http, outcome.Client!, StatusCodes.Status201Created);
    }
}
