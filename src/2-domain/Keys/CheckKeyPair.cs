using System.Security.Cryptography;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;

namespace Postern.Keys;

/// <summary>Rules of a key pair: the texts can be read and fit each other. Fills in what the certificate says, and seals the private key.</summary>
static class CheckKeyPair
{
    public static void Check(CertificateKeyPair pair, SaveContext context)
    {
        using var certificate = ReadCertificate.Certificate(pair.CertificateData);
        if (certificate is null || ReadCertificate.TypeOf(certificate) is not { } type)
        {
            context.Errors.Add("certificate_data", "Unable to load certificate.");
            return;
        }
        Describe(pair, certificate, type);
        var seal = context.Get<SecretSeal>();
        if (seal.Open(pair.KeyData, CertificateKeyPair.Purpose) is not { } secret)
            context.Errors.Add("key_data", "The private key was stored under another secret key. Enter it again.");
        else if (secret.Reveal.Length > 0 && Refusal(certificate, secret) is { } refusal)
            context.Errors.Add("key_data", refusal);
        else if (!SecretSeal.IsSealed(pair.KeyData))
            pair.KeyData = Sealed(pair, secret, context, seal);
    }

    static string? Refusal(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, Secret secret)
    {
        using var key = ReadCertificate.PrivateKey(secret.Reveal);
        return key is null ? "Unable to load private key. It must be an RSA, EC or Ed25519 key in PEM form, without a passphrase."
            : ReadCertificate.Fit(certificate, key) ? null
            : "The private key does not belong to the certificate.";
    }

    static void Describe(CertificateKeyPair pair, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, KeyType type)
    {
        pair.KeyType = type;
        pair.CertSubject = ReadCertificate.SubjectOf(certificate);
        pair.CertExpiry = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        pair.FingerprintSha256 = ReadCertificate.Fingerprint(certificate, HashAlgorithmName.SHA256);
        pair.FingerprintSha1 = ReadCertificate.Fingerprint(certificate, HashAlgorithmName.SHA1);
    }

    // A key given again unchanged keeps its seal, so that applying a blueprint twice changes nothing.
    static string Sealed(CertificateKeyPair pair, Secret secret, SaveContext context, SecretSeal seal)
    {
        var before = context.IsNew ? null : context.Db.Entry(pair).OriginalValues.GetValue<string>(nameof(CertificateKeyPair.KeyData));
        return before is not null && seal.Open(before, CertificateKeyPair.Purpose) == secret ? before : seal.Seal(secret, CertificateKeyPair.Purpose);
    }
}
