using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Portal.Signing;

/// <summary>What may be known of the authority that signs keys.</summary>
/// <param name="Subject">The name in its certificate.</param>
/// <param name="Fingerprint">SHA-256 of the certificate.</param>
/// <param name="Since">Since when keys are signed under it.</param>
public sealed record SigningRoot(string Subject, string Fingerprint, DateTimeOffset Since)
{
    internal static SigningRoot Of(KeyAuthority authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority.RootPem);
        return new(certificate.Subject, certificate.GetCertHashString(HashAlgorithmName.SHA256), authority.CreatedAt);
    }
}
