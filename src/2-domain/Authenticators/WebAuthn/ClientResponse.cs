using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Authenticators.WebAuthn;

/// <summary>What a browser sends after a ceremony: its own statement and the authenticator's (WebAuthn level 3, section 5.1).</summary>
sealed record ClientResponse(byte[] CredentialId, byte[] ClientData, JsonObject Response, IReadOnlyList<string> Transports)
{
    const int MostBytes = 64 * 1024;

    public byte[] ClientDataHash => SHA256.HashData(ClientData);

    public byte[]? Part(string name) => Bytes(Response[name]);

    /// <summary>Reads the answer: an object, or its JSON text as a form sends it. Null for anything else.</summary>
    public static ClientResponse? Parse(JsonNode? node)
    {
        var json = node is JsonValue value && value.TryGetValue<string>(out var text) ? (text.Length > MostBytes ? null : StrictJson.Parse(text)) : node;
        if (json is not JsonObject credential || credential["response"] is not JsonObject response || (Bytes(credential["rawId"]) ?? Bytes(credential["id"])) is not { Length: > 0 } id)
            return null;
        var transports = response["transports"] is JsonArray list ? list.OfType<JsonValue>().Select(t => t.TryGetValue<string>(out var name) ? name : "").Where(IsTransport).Distinct(StringComparer.Ordinal).ToList() : [];
        return Bytes(response["clientDataJSON"]) is { } data ? new ClientResponse(id, data, response, transports) : null;
    }

    /// <summary>What is wrong with the browser's statement; null when it belongs to this ceremony (section 7.1, steps 7 to 10; section 7.2, steps 10 to 13).</summary>
    public string? Refusal(string type, string challenge, RelyingParty party)
    {
        if (StrictJson.Parse(ClientData) is not { } data)
            return "The client data is not readable";
        if (!Is(data, "type", type))
            return "The client data is of another ceremony";
        if (!Is(data, "challenge", challenge))
            return "The challenge does not match";
        return Is(data, "origin", party.Origin) ? null : "The origin does not match";
    }

    static bool Is(JsonNode? data, string name, string expected) =>
        data is JsonObject map && map[name] is JsonValue value && value.TryGetValue<string>(out var text) && string.Equals(text, expected, StringComparison.Ordinal);

    static bool IsTransport(string name) => name is "usb" or "nfc" or "ble" or "smart-card" or "hybrid" or "internal";

    static byte[]? Bytes(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length <= MostBytes && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
