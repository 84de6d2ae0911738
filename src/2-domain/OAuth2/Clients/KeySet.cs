using System.Text.Json.Nodes;
using Postern.Jose;

namespace Postern.OAuth2.Clients;

/// <summary>Public keys of an application (RFC 7517 section 5).</summary>
static class KeySet
{
    public static bool IsValid(JsonNode json) => json is JsonObject set && set["keys"] is JsonArray { Count: > 0 } keys && keys.All(k => k is JsonObject key && JsonWebKey.Read(key) is not null);

    public static IReadOnlyList<JsonWebKey> Read(JsonNode? json) =>
        json is JsonObject set && set["keys"] is JsonArray keys ? [.. keys.OfType<JsonObject>().Select(JsonWebKey.Read).OfType<JsonWebKey>()] : [];
}
