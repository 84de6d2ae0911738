using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Tokens;

/// <summary>Reads ID tokens that come back as hints. They may be expired (OpenID Connect Core section 3.1.2.1), but never forged.</summary>
static class OwnToken
{
    /// <summary>The claims of a token that this installation signed for the client; null for any other text.</summary>
    public static JsonObject? Read(string token, Client client, string issuer)
    {
        if (CompactJws.Read(token) is not { } jws)
            return null;
        var keys = client.Retired.Select(k => k.PrivateKey is { } key ? SigningKey.Of(key) : null).Prepend(client.Key);
        return keys.Any(k => k is not null && jws.IsSignedBy(k)) && Text(jws.Payload, "iss") == issuer && Text(jws.Payload, "aud") == client.Id ? jws.Payload : null;
    }

    /// <summary>The client a hint was made for, going by what it says; to be verified.</summary>
    public static string? ClientOf(string token) => CompactJws.Read(token) is { } jws ? Text(jws.Payload, "aud") : null;

    public static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
