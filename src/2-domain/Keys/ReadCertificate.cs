using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Jose;

namespace Postern.Keys;

/// <summary>Reads certificates and private keys from PEM texts (RFC 7468).</summary>
static class ReadCertificate
{
    /// <summary>The first certificate of the text; null when there is none that can be read.</summary>
    public static X509Certificate2? Certificate(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>An unencrypted RSA, EC or Ed25519 private key; null when the text holds none.</summary>
    public static AsymmetricAlgorithm? PrivateKey(string pem) =>
        Import(RSA.Create(), pem) ?? (AsymmetricAlgorithm?)Import(ECDsa.Create(), pem) ?? (Ed25519Key.IsSupported ? Import(new Ed25519Key(), pem) : null);

    /// <summary>Whether the private key belongs to the certificate: both have the same public key.</summary>
    public static bool Fit(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    /// <summary>The kind of the certificate's key; null for one nobody here knows.</summary>
    public static KeyType? TypeOf(X509Certificate2 certificate) => certificate.PublicKey.Oid.Value switch
    {
        "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" => KeyType.Rsa,
        "1.2.840.10045.2.1" => KeyType.Ec,
        "1.2.840.10040.4.1" => KeyType.Dsa,
        "1.3.101.112" => KeyType.Ed25519,
        "1.3.101.113" => KeyType.Ed448,
        _ => null,
    };

    /// <summary>The subject as RFC 4514 writes it: the most specific part first, commas without spaces.</summary>
    public static string SubjectOf(X509Certificate2 certificate) =>
        certificate.SubjectName.Decode(X500DistinguishedNameFlags.Reversed | X500DistinguishedNameFlags.UseNewLines | X500DistinguishedNameFlags.DoNotUseQuotes)
            .ReplaceLineEndings("\n").Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", ",", StringComparison.Ordinal);

    public static string Fingerprint(X509Certificate2 certificate, HashAlgorithmName hash) =>
        string.Join(':', certificate.GetCertHash(hash).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    static T? Import<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            // A public key imports as well, but signs nothing.
            _ = key.ExportPkcs8PrivateKey();
            return key;
        }
        // The last is what the base class answers for forms that a kind of key does not read.
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotImplementedException)
        {
            key.Dispose();
            return null;
        }
    }
}
