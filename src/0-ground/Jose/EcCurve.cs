using System.Security.Cryptography;

namespace Postern.Jose;

/// <summary>Names of curves in JOSE (RFC 7518 section 6.2.1.1) and the algorithm that belongs to each.</summary>
static class EcCurve
{
    public static ECCurve? Named(string name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    public static string? NameOf(ECCurve curve) => curve.Oid.Value switch
    {
        "1.2.840.10045.3.1.7" => "P-256",
        "1.3.132.0.34" => "P-384",
        "1.3.132.0.35" => "P-521",
        _ => curve.Oid.FriendlyName switch { "nistP256" or "ECDSA_P256" => "P-256", "nistP384" or "ECDSA_P384" => "P-384", "nistP521" or "ECDSA_P521" => "P-521", _ => null },
    };

    public static string? AlgorithmOf(string curve) => curve switch { "P-256" => "ES256", "P-384" => "ES384", "P-521" => "ES512", _ => null };
}
