using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Token;

/// <summary>What the token endpoint says: tokens, or an error.</summary>
sealed record TokenOutcome(OAuthError? Error, JsonObject? Body)
{
    public static implicit operator TokenOutcome(OAuthError error) => new(error, null);

    /// <summary>RFC 6749 section 5.1, with the ID token of OpenID Connect Core section 3.1.3.3.</summary>
    public static TokenOutcome Of(Grant grant, MadeTokens made, string? refreshToken)
    {
        var body = new JsonObject
        {
            ["access_token"] = made.AccessToken,
            ["token_type"] = grant.Request.KeyThumbprint is null ? "Bearer" : "DPoP",
            ["scope"] = grant.Scope,
            ["expires_in"] = (long)grant.Client.AccessLifetime.TotalSeconds,
        };
        if (grant.Has("openid"))
            body["id_token"] = MakeTokens.IdToken(grant, made, made.AccessToken, code: null);
        if (refreshToken is not null)
            body["refresh_token"] = refreshToken;
        return new(null, body);
    }

    public IResult ToResult(HttpContext http) => Error is { } error ? error.ToResult(http) : OAuthJson.Result(http, Body!);
}

/// <summary>One call of the token endpoint.</summary>
/// <param name="KeyThumbprint">Key the caller proved to hold (RFC 9449); null for none.</param>
sealed record TokenCall(Clients.Client Client, OAuthForm Form, string? KeyThumbprint, HttpContext Http);
