using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Jose;

/// <summary>Signed JSON in compact form (RFC 7515 section 7.1).</summary>
public sealed record CompactJws(JsonObject Header, JsonObject Payload, byte[] SigningInput, byte[] Signature)
{
    const int MaxLength = 64 * 1024;

    /// <summary>Name of the algorithm in the header; empty where there is none.</summary>
    public string Algorithm => Text(Header, "alg") ?? "";

    public string? KeyId => Text(Header, "kid");

    public string? Type => Text(Header, "typ");

    /// <summary>Signs a payload.</summary>
    public static string Sign(JsonObject payload, SigningKey key, string type = "JWT")
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
            payload.WriteTo(json);
        var header = key.Header(type);
        var input = new byte[header.Length + Base64Url.GetEncodedLength(bytes.WrittenCount)];
        header.CopyTo(input, 0);
        Base64Url.EncodeToUtf8(bytes.WrittenSpan, input.AsSpan(header.Length));
        return $"{Encoding.ASCII.GetString(input)}.{Base64Text.Of(key.Sign(input))}";
    }

    /// <summary>Takes a token apart without verifying it; null for anything malformed.</summary>
    public static CompactJws? Read(string token)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature])
            return null;
        return Json(header) is { } head && Json(payload) is { } body && Base64Text.Read(signature) is { } signed
            ? new(head, body, Encoding.ASCII.GetBytes($"{header}.{payload}"), signed)
            : null;
    }

    /// <summary>Whether the key made this signature. A header that names another algorithm, or demands extensions (<c>crit</c>), does not pass.</summary>
    public bool IsSignedBy(SigningKey key) =>
        string.Equals(Algorithm, key.Algorithm, StringComparison.Ordinal) && !Header.ContainsKey("crit") && key.Verify(SigningInput, Signature);

    /// <summary>Whether one of these published keys made the signature; a header that names a key means that one.</summary>
    public bool IsSignedByOneOf(IEnumerable<JsonWebKey> keys) =>
        keys.Where(k => KeyId is null || string.Equals(k.KeyId, KeyId, StringComparison.Ordinal)).Select(k => k.Verifier(Algorithm)).OfType<SigningKey>().Any(IsSignedBy);

    static JsonObject? Json(string part)
    {
        try
        {
            return Base64Text.Read(part) is { } bytes && JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject json && IsReadable(json) ? json : null;
        }
        // The latter for texts that are no UTF-8 or half a character, which are found when they are read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static bool IsReadable(JsonNode? node) => node switch
    {
        JsonObject map => map.All(p => IsReadable(p.Value)),
        JsonArray list => list.All(IsReadable),
        JsonValue value => value.GetValueKind() is not JsonValueKind.String || value.TryGetValue<string>(out _),
        _ => true,
    };

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
