using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Licensing;

/// <summary>The certificates of a key: signer, intermediate, and the root the product trusts (RFC 5280).</summary>
public static class LicenseChain
{
    /// <summary>Marks a certificate as one that may sign licences.</summary>
    public const string SigningUsage = "2.25.226410577103527049318812.1";

    const string P521 = "1.3.132.0.35";
    const string ExtendedKeyUsage = "2.5.29.37";

    internal static bool Holds(X509Certificate2 leaf, X509Certificate2 intermediate, X509Certificate2Collection roots, DateTimeOffset at)
    {
        if (IsAuthority(leaf) || !IsAuthority(intermediate) || !SignsLicenses(leaf) || !OnP521(leaf) || !OnP521(intermediate))
        {
            return false;
        }

        // One root at a time: those of one vendor have the same name, by which a chain would be looked for.
        return roots.Any(root => Holds(leaf, intermediate, root, at));
    }

    static bool Holds(X509Certificate2 leaf, X509Certificate2 intermediate, X509Certificate2 root, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(intermediate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // A licence outlives the certificate that signed it.
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        return chain.Build(leaf)
            && chain.ChainElements.Count == 3
            && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(intermediate.RawDataMemory.Span);
    }

    static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    static bool SignsLicenses(X509Certificate2 certificate) =>
        certificate.Extensions[ExtendedKeyUsage] is X509EnhancedKeyUsageExtension usage
        && usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => string.Equals(oid.Value, SigningUsage, StringComparison.Ordinal));

    static bool OnP521(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey();
        return key is not null && string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value, P521, StringComparison.Ordinal);
    }
}
