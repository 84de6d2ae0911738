using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Http;
using Postern.OAuth2.Userinfo;

namespace Postern.OAuth2.Introspect;

/// <summary>
/// The introspection endpoint (RFC 7662): tells a confidential client of its own tokens, and of those of providers that it trusts. Of all
/// others it says no more than that they are not active (section 2.2).
/// </summary>
static class IntrospectApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/application/o/introspect/", (Delegate)AnswerAsync);

    static async Task<IResult> AnswerAsync(HttpContext http, AuthenticateClient clients, FindToken find, TimeProvider clock)
    {
        if (await OAuthForm.ReadAsync(http.Request, http.RequestAborted) is not { } form)
            return OAuthError.InvalidRequest("A form is expected, with each parameter once").ToResult(http);
        var (client, error) = await clients.ExecuteAsync(http, form, http.RequestAborted);
        // Who fails to say who they are learns what a stranger's token would have told: nothing.
        if (error is not null || client!.IsPublic || form["token"] is not { } token)
            return OAuthJson.Result(http, new JsonObject { ["active"] = false });
        var found = await find.ExecuteAsync(token, http.RequestAborted) ?? await find.RefreshAsync(token, http.RequestAborted);
        if (found is null || !found.IsLive(clock.GetUtcNow()) || (found.ProviderId != client.Provider.Id && !client.Provider.JwtFederationProviders.Contains(found.ProviderId)))
            return OAuthJson.Result(http, new JsonObject { ["active"] = false });
        var answer = JsonNode.Parse(found.Claims)!.AsObject();
        (answer["active"], answer["scope"], answer["client_id"]) = (true, found.Scope, answer["aud"]?.DeepClone());
        answer["username"] = found.User.Username;
        (answer["exp"], answer["token_type"]) = (found.Expires.ToUnixTimeSeconds(), found.KeyThumbprint is null ? "Bearer" : "DPoP");
        if (found.KeyThumbprint is { } key)
            answer["cnf"] = new JsonObject { ["jkt"] = key };
        return OAuthJson.Result(http, answer);
    }
}
