using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Postern.Kernel;

namespace Postern.Licensing;

/// <summary>Reads licence keys without any network; the same way when one is installed and whenever one is loaded.</summary>
public sealed class LicenseVerifier(X509Certificate2Collection roots)
{
    const int MaxCharacters = 64 * 1024;

    /// <summary>Faults with "Unable to verify license" or "Invalid Install ID in license". Expiry is the caller's to judge: expired keys stay readable.</summary>
    public Result<LicenseDocument> Verify(string key, Guid installId)
    {
        var parts = Tidy(key).Split('.');
        if (key.Length > MaxCharacters || parts.Length != 3)
        {
            return LicenseFaults.Unverifiable;
        }

        LicenseDocument? document;
        try
        {
            document = Open(parts);
        }
        catch (Exception refused) when (refused is FormatException or JsonException or CryptographicException or ArgumentOutOfRangeException)
        {
            return LicenseFaults.Unverifiable;
        }

        if (document is null || document.InternalUsers < 0 || document.ExternalUsers < 0)
        {
            return LicenseFaults.Unverifiable;
        }

        return string.Equals(document.Audience, LicenseAudience.Of(installId), StringComparison.Ordinal) ? document : LicenseFaults.OtherInstall;
    }

    LicenseDocument? Open(string[] parts)
    {
        var header = JsonSerializer.Deserialize<LicenseHeader>(Base64Url.DecodeFromChars(parts[0]));
        var document = JsonSerializer.Deserialize<LicenseDocument>(Base64Url.DecodeFromChars(parts[1]));
        if (header is not { Algorithm: "ES512", Certificates.Count: >= 2 } || document is null)
        {
            return null;
        }

        using var leaf = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(header.Certificates[0]));
        using var intermediate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(header.Certificates[1]));
        using var signer = leaf.GetECDsaPublicKey();
        var valid = signer is not null
            && LicenseChain.Holds(leaf, intermediate, roots, DateTimeOffset.FromUnixTimeSeconds(document.IssuedAt))
            && signer.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA512,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return valid ? document : null;
    }

    /// <summary>Mail programs and documents wrap and decorate what is copied from them.</summary>
    public static string Tidy(string key) =>
        string.Concat(key.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))
            .Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            .Aggregate(new StringBuilder(key.Length), (text, character) => text.Append(character))
            .ToString();
}
