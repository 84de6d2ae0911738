using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Jose;

/// <summary>A public key as JSON (RFC 7517, RFC 7518 section 6, RFC 8037).</summary>
/// <param name="Type"><c>RSA</c>, <c>EC</c> or <c>OKP</c>.</param>
/// <param name="Members">The members of the key itself in the order a thumbprint needs (RFC 7638 section 3.2).</param>
public sealed record JsonWebKey(string Type, IReadOnlyList<KeyValuePair<string, string>> Members)
{
    public string? Algorithm { get; init; }

    public string? KeyId { get; init; }

    public static JsonWebKey Of(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new("RSA", [new("e", Base64Text.Of(parameters.Exponent)), new("kty", "RSA"), new("n", Base64Text.Of(parameters.Modulus))]);
    }

    /// <summary>The key; null for a curve that JOSE has no name for.</summary>
    public static JsonWebKey? Of(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return EcCurve.NameOf(parameters.Curve) is { } curve
            ? new("EC", [new("crv", curve), new("kty", "EC"), new("x", Base64Text.Of(parameters.Q.X)), new("y", Base64Text.Of(parameters.Q.Y))]) { Algorithm = EcCurve.AlgorithmOf(curve) }
            : null;
    }

    public static JsonWebKey Of(Ed25519Key key) =>
        new("OKP", [new("crv", "Ed25519"), new("kty", "OKP"), new("x", Base64Text.Of(key.Point))]) { Algorithm = "EdDSA" };

    /// <summary>Reads a public key; null for kinds that are not supported, for anything malformed and for a key that shows its private part.</summary>
    public static JsonWebKey? Read(JsonObject json)
    {
        if (json.ContainsKey("d") || json.ContainsKey("k"))
            return null;
        string[]? names = Text(json, "kty") switch { "RSA" => ["e", "kty", "n"], "EC" => ["crv", "kty", "x", "y"], "OKP" => ["crv", "kty", "x"], _ => null };
        if (names is null || names.Any(n => Text(json, n) is null))
            return null;
        var key = new JsonWebKey(Text(json, "kty")!, [.. names.Select(n => KeyValuePair.Create(n, Text(json, n)!))]) { KeyId = Text(json, "kid"), Algorithm = Text(json, "alg") };
        return (key.Type is "EC" && EcCurve.Named(key["crv"]) is null) || (key.Type is "OKP" && key["crv"] is not "Ed25519") ? null : key;
    }

    public string this[string member] => Members.First(m => string.Equals(m.Key, member, StringComparison.Ordinal)).Value;

    /// <summary>RFC 7638: base64url of the SHA-256 of the key's own members in order.</summary>
    public string Thumbprint() =>
        Base64Text.Of(SHA256.HashData(Encoding.UTF8.GetBytes("{" + string.Join(',', Members.Select(m => $"\"{m.Key}\":{JsonSerializer.Serialize(m.Value)}")) + "}")));

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in Members)
            json[name] = value;
        return json;
    }

    /// <summary>A key that verifies with the algorithm; null when key and algorithm do not go together or the key is no point or number of its kind.</summary>
    public SigningKey? Verifier(string algorithm)
    {
        try
        {
            return Type switch
            {
                "RSA" when algorithm is "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" => Rsa(algorithm),
                "EC" when string.Equals(EcCurve.AlgorithmOf(this["crv"]), algorithm, StringComparison.Ordinal) => new EcSigningKey(Ec(), this with { Algorithm = algorithm }),
                "OKP" when algorithm is "EdDSA" && Base64Text.Read(this["x"]) is { } point => new EdwardsSigningKey(Ed25519Key.OfPoint(point)),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    RsaSigningKey? Rsa(string algorithm)
    {
        if (Base64Text.Read(this["n"]) is not { Length: >= 256 and <= 1024 } modulus || Base64Text.Read(this["e"]) is not { Length: > 0 and <= 8 } exponent)
            return null;
        return new RsaSigningKey(RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }), algorithm);
    }

    ECDsa Ec() => Base64Text.Read(this["x"]) is { } x && Base64Text.Read(this["y"]) is { } y && EcCurve.Named(this["crv"]) is { } curve
        ? ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } })
        : throw new CryptographicException("Not a point");

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
