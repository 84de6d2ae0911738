using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Jose;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Tokens;

/// <summary>Makes access tokens and ID tokens (OpenID Connect Core section 2); nothing is stored here.</summary>
sealed class MakeTokens(Issuer issuer, Subject subjects, MapClaims mappings, TimeProvider clock)
{
    public const string Acr = "goauthentik.io/providers/oauth2/default";

    // What a mapping may not say, because clients rely on it for their safety.
    static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "iss", "aud", "exp", "iat", "nonce", "at_hash", "c_hash", "sid", "jti", "azp", "cnf", "auth_time", "acr", "amr", "scope", "uid", "events",
    };

    /// <summary>The access token and the claims behind it.</summary>
    public async ValueTask<MadeTokens> ExecuteAsync(Grant grant, HttpContext http, CancellationToken cancellation)
    {
        var (client, now) = (grant.Client, clock.GetUtcNow());
        var mapped = await mappings.ExecuteAsync(client, grant.User, grant.Scope, http, cancellation, grant.IsTrial, grant.Groups);
        var claims = new JsonObject
        {
            ["iss"] = await issuer.OfAsync(client, http, cancellation),
            ["sub"] = await subjects.OfAsync(client, grant.User, cancellation),
            ["aud"] = client.Id,
            ["exp"] = (now + client.AccessLifetime).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["auth_time"] = grant.AuthTime.ToUnixTimeSeconds(),
            ["acr"] = Acr,
        };
        if (AuthenticationMethods(grant.AuthMethod) is { Length: > 0 } methods)
            claims["amr"] = new JsonArray([.. methods.Select(m => (JsonNode)m)]);
        if (grant.Session is { } session)
            claims["sid"] = TokenText.SessionId(session);
        var identity = claims.DeepClone().AsObject();
        Add(claims, mapped, client.Provider.IncludeClaimsInIdToken ? _ => true : _ => false);
        Add(identity, mapped, client.Provider.IncludeClaimsInIdToken ? _ => true : grant.Request.Claims.Contains);
        (claims["jti"], claims["azp"], claims["uid"], claims["scope"]) = (TokenText.New(32), client.Id, TokenText.New(40), grant.Scope);
        if (grant.Request.KeyThumbprint is { } key)
            claims["cnf"] = new JsonObject { ["jkt"] = key };
        if (grant.Request.Nonce is { } nonce)
            identity["nonce"] = nonce;
        return new MadeTokens(Write(client, claims), identity, now + client.AccessLifetime);
    }

    /// <summary>The ID token that goes with an access token or code, each of which may be null.</summary>
    public static string IdToken(Grant grant, MadeTokens made, string? accessToken, string? code)
    {
        var claims = made.Identity.DeepClone().AsObject();
        if (accessToken is not null)
            claims["at_hash"] = TokenText.HalfHash(accessToken, grant.Client.Key.Algorithm);
        if (code is not null)
            claims["c_hash"] = TokenText.HalfHash(code, grant.Client.Key.Algorithm);
        claims["jti"] = TokenText.New(32);
        return Write(grant.Client, claims);
    }

    /// <summary>Signs for a client, and encrypts where it has a key for that.</summary>
    public static string Write(Client client, JsonObject claims, string type = "JWT")
    {
        var token = CompactJws.Sign(claims, client.Key, type);
        return client.Encryption is { } recipient ? CompactJwe.Encrypt(token, recipient, JsonWebKey.Of(recipient).Thumbprint()) : token;
    }

    static void Add(JsonObject claims, JsonObject mapped, Func<string, bool> wanted)
    {
        foreach (var (name, value) in mapped)
        {
            if (value is not null && !Own.Contains(name) && wanted(name))
                claims[name] = value.DeepClone();
        }
    }

    // RFC 8176.
    static string[] AuthenticationMethods(string method) => method switch
    {
        "password" => ["pwd"],
        "auth_mfa" => ["pwd", "mfa"],
        "auth_webauthn_pwl" => ["user"],
        _ => [],
    };
}

/// <summary>An access token, and the claims of the ID token that belongs to it.</summary>
sealed record MadeTokens(string AccessToken, JsonObject Identity, DateTimeOffset Expires);
