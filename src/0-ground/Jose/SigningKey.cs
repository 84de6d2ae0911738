using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Jose;

/// <summary>A key that signs and verifies with one algorithm of JWA (RFC 7518 section 3). Several requests may use it at a time.</summary>
public abstract class SigningKey(string algorithm, string keyId)
{
    readonly ConcurrentDictionary<string, byte[]> headers = new(StringComparer.Ordinal);

    /// <summary>Name of the algorithm, such as <c>ES256</c>.</summary>
    public string Algorithm { get; } = algorithm;

    /// <summary>Name of the key in headers and key sets; empty for keys that are never published.</summary>
    public string KeyId { get; } = keyId;

    /// <summary>The header of tokens of a type, encoded, with the dot after it.</summary>
    internal byte[] Header(string type) => headers.GetOrAdd(type, static (type, key) =>
    {
        var header = new JsonObject { ["alg"] = key.Algorithm };
        if (key.KeyId.Length > 0)
            header["kid"] = key.KeyId;
        header["typ"] = type;
        return Encoding.ASCII.GetBytes($"{Base64Text.Of(Encoding.UTF8.GetBytes(header.ToJsonString()))}.");
    }, this);

    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>The public part as a JSON Web Key; null for a shared secret.</summary>
    public abstract JsonWebKey? Public { get; }

    /// <summary>A key of the algorithm that goes with it: RS256 for RSA, ES256, ES384 or ES512 by curve for ECDSA, EdDSA for Ed25519; null for others.</summary>
    public static SigningKey? Of(AsymmetricAlgorithm key) => key switch
    {
        RSA rsa => new RsaSigningKey(rsa, "RS256"),
        ECDsa ec when JsonWebKey.Of(ec) is { } jwk => new EcSigningKey(ec, jwk),
        Ed25519Key edwards => new EdwardsSigningKey(edwards),
        _ => null,
    };

    /// <summary>HS256 with a shared secret (RFC 7518 section 3.2).</summary>
    public static SigningKey Shared(ReadOnlySpan<byte> secret) => new SharedKey(secret.ToArray());
}

sealed class RsaSigningKey(RSA key, string algorithm) : SigningKey(algorithm, JsonWebKey.Of(key).Thumbprint())
{
    public override JsonWebKey Public { get; } = JsonWebKey.Of(key) with { Algorithm = algorithm };

    HashAlgorithmName Hash => Algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };

    RSASignaturePadding Padding => Algorithm[0] is 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

    public override byte[] Sign(ReadOnlySpan<byte> data) => key.SignData(data, Hash, Padding);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key.VerifyData(data, signature, Hash, Padding);
}

sealed class EcSigningKey(ECDsa key, JsonWebKey jwk) : SigningKey(jwk.Algorithm!, jwk.Thumbprint())
{
    public override JsonWebKey Public => jwk;

    HashAlgorithmName Hash => Algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };

    public override byte[] Sign(ReadOnlySpan<byte> data) => key.SignData(data, Hash);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key.VerifyData(data, signature, Hash);
}

/// <summary>EdDSA (RFC 8037).</summary>
sealed class EdwardsSigningKey(Ed25519Key key) : SigningKey("EdDSA", JsonWebKey.Of(key).Thumbprint())
{
    public override JsonWebKey Public { get; } = JsonWebKey.Of(key);

    public override byte[] Sign(ReadOnlySpan<byte> data) => key.Sign(data);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key.Verify(data, signature);
}

sealed class SharedKey(byte[] secret) : SigningKey("HS256", "")
{
    public override JsonWebKey? Public => null;

    public override byte[] Sign(ReadOnlySpan<byte> data) => HMACSHA256.HashData(secret, data);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => CryptographicOperations.FixedTimeEquals(Sign(data), signature);
}

/// <summary>Base64url without padding (RFC 7515 section 2).</summary>
public static class Base64Text
{
    public static string Of(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>The bytes; null for a text that is not base64url.</summary>
    public static byte[]? Read(string text)
    {
        try
        {
            return text.Contains('=', StringComparison.Ordinal) ? null : Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
