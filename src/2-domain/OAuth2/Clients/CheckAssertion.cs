using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Jose;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Clients;

/// <summary>Checks a client's signed assertion (RFC 7523 section 3, <c>private_key_jwt</c>): signed by a key of the client, for this server, fresh, and never seen before.</summary>
sealed class CheckAssertion(Issuer issuer, OnceOnly once, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async ValueTask<Client?> ExecuteAsync(string assertion, string? claimed, ClientPicture clients, HttpContext http, CancellationToken cancellation)
    {
        if (CompactJws.Read(assertion) is not { } jws)
            return null;
        var id = OwnToken.Text(jws.Payload, "iss");
        if (id is null || OwnToken.Text(jws.Payload, "sub") != id || (claimed is not null && claimed != id) || clients.Find(id) is not { Application: not null } client)
            return null;
        var now = clock.GetUtcNow();
        if (Time(jws.Payload, "exp") is not { } expires || expires + Skew <= now || expires > now + Longest || Time(jws.Payload, "nbf") > now + Skew || Time(jws.Payload, "iat") > now + Skew)
            return null;
        var root = await issuer.BaseAsync(http, cancellation);
        string[] audiences = [Issuer.Of(client, root), $"{root}/application/o/token/", $"{root}{http.Request.Path}"];
        if (!Audiences(jws.Payload).Any(a => audiences.Contains(a, StringComparer.Ordinal)) || !IsSigned(jws, client))
            return null;
        return OwnToken.Text(jws.Payload, "jti") is { Length: > 0 and < 512 } jti && await once.UseAsync($"assertion:{client.Id}:{jti}", expires + Skew, cancellation) ? client : null;
    }

    static bool IsSigned(CompactJws jws, Client client) =>
        client.Jwks.Where(k => jws.KeyId is null || k.KeyId is null || k.KeyId == jws.KeyId).Any(k => k.Verifier(jws.Algorithm) is { } key && jws.IsSignedBy(key));

    static List<string> Audiences(JsonObject claims) => claims["aud"] switch
    {
        JsonArray list => list.OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : "").ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    static DateTimeOffset? Time(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 4e10 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
