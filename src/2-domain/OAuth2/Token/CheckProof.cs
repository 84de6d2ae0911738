using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Jose;
using Postern.OAuth2.Http;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Token;

/// <summary>Checks the proof that a caller holds a key (RFC 9449 section 4.3): signed by that key, for this very call, fresh, and never seen before.</summary>
sealed class CheckProof(Issuer issuer, OnceOnly once, TimeProvider clock)
{
    static readonly OAuthError Bad = new("invalid_dpop_proof", "The DPoP proof is malformed, stale, used already or not for this call");
    static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>The key's thumbprint; null without a proof. With an access token the proof must name it.</summary>
    public async ValueTask<(string? Thumbprint, OAuthError? Error)> ExecuteAsync(HttpContext http, string? accessToken, CancellationToken cancellation)
    {
        if (http.Request.Headers["DPoP"] is not { Count: > 0 } header)
            return (null, null);
        if (header.Count > 1 || CompactJws.Read(header.ToString()) is not { Type: "dpop+jwt" } proof || proof.Header["jwk"] is not JsonObject json || JsonWebKey.Read(json) is not { } jwk)
            return (null, Bad);
        if (jwk.Verifier(proof.Algorithm) is not { } key || !proof.IsSignedBy(key))
            return (null, Bad);
        var now = clock.GetUtcNow();
        var target = OwnToken.Text(proof.Payload, "htu")?.Split('?', '#')[0];
        if (OwnToken.Text(proof.Payload, "htm") != http.Request.Method || target != $"{await issuer.BaseAsync(http, cancellation)}{http.Request.Path}")
            return (null, Bad);
        if (proof.Payload["iat"] is not JsonValue value || !value.TryGetValue<long>(out var made) || Math.Abs(now.ToUnixTimeSeconds() - (double)made) > Window.TotalSeconds)
            return (null, Bad);
        if (accessToken is not null && OwnToken.Text(proof.Payload, "ath") != Base64Text.Of(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))))
            return (null, Bad);
        var thumbprint = jwk.Thumbprint();
        return OwnToken.Text(proof.Payload, "jti") is { Length: > 0 and < 512 } jti && await once.UseAsync($"proof:{thumbprint}:{jti}", now + (Window * 3), cancellation)
            ? (thumbprint, null)
            : (null, Bad);
    }
}
