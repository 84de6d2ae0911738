using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Postern.Authenticators.WebAuthn;

/// <summary>Public keys of credentials (RFC 9052, section 7; algorithms of RFC 8152 and RFC 8812).</summary>
static class CoseKey
{
    /// <summary>Algorithms that are offered, the preferred one first: ES256, RS256, ES384, ES512, PS256.</summary>
    public static readonly IReadOnlyList<int> Algorithms = [-7, -257, -35, -36, -37];

    /// <summary>The key's algorithm; null when it is none of those offered.</summary>
    public static int? AlgorithmOf(byte[] key) => Read(key) is { } map && map.TryGetValue(3, out var alg) && alg is long number && Algorithms.Contains((int)number) ? (int)number : null;

    /// <summary>Whether the signature is the key's over the data.</summary>
    public static bool Verifies(byte[] key, byte[] data, byte[] signature)
    {
        if (Read(key) is not { } map || AlgorithmOf(key) is not { } algorithm)
            return false;
        try
        {
            return (map.GetValueOrDefault(1), algorithm) switch
            {
                (2L, -7) => Ec(map, ECCurve.NamedCurves.nistP256, data, signature, HashAlgorithmName.SHA256),
                (2L, -35) => Ec(map, ECCurve.NamedCurves.nistP384, data, signature, HashAlgorithmName.SHA384),
                (2L, -36) => Ec(map, ECCurve.NamedCurves.nistP521, data, signature, HashAlgorithmName.SHA512),
                (3L, -257) => Rsa(map, data, signature, RSASignaturePadding.Pkcs1),
                (3L, -37) => Rsa(map, data, signature, RSASignaturePadding.Pss),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    static bool Ec(Dictionary<long, object> map, ECCurve curve, byte[] data, byte[] signature, HashAlgorithmName hash)
    {
        if (map.GetValueOrDefault(-2) is not byte[] x || map.GetValueOrDefault(-3) is not byte[] y)
            return false;
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
        return key.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    static bool Rsa(Dictionary<long, object> map, byte[] data, byte[] signature, RSASignaturePadding padding)
    {
        if (map.GetValueOrDefault(-1) is not byte[] n || map.GetValueOrDefault(-2) is not byte[] e || n.Length is < 256 or > 1024 || e.Length is 0 or > 8)
            return false;
        using var key = RSA.Create(new RSAParameters { Modulus = n, Exponent = e });
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
    }

    static Dictionary<long, object>? Read(byte[] key)
    {
        try
        {
            var reader = new CborReader(key, CborConformanceMode.Lax);
            var count = reader.ReadStartMap();
            var map = new Dictionary<long, object>();
            for (var i = 0; count is { } n ? i < n : reader.PeekState() is not CborReaderState.EndMap; i++)
            {
                var label = reader.ReadInt64();
                switch (reader.PeekState())
                {
                    case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger: map[label] = reader.ReadInt64(); break;
                    case CborReaderState.ByteString: map[label] = reader.ReadByteString(); break;
                    default: reader.SkipValue(); break;
                }
            }
            return map;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
