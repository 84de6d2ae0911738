using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Licensing;

/// <summary>
/// A vendor's authority: the root that products trust, an intermediate, and the signer of keys. The private keys of root and intermediate are gone
/// once it is made; its successor is a new authority whose root products trust besides.
/// </summary>
public sealed class LicenseAuthority : IDisposable
{
    const int Years = 20;

    readonly ECDsa signerKey;
    readonly X509Certificate2 signer;
    readonly X509Certificate2 middle;

    LicenseAuthority(ECDsa signerKey, X509Certificate2 signer, X509Certificate2 middle, X509Certificate2 root) =>
        (this.signerKey, this.signer, this.middle, Root, Signer) = (signerKey, signer, middle, root, new LicenseSigner(signerKey, signer, middle));

    /// <summary>The certificate to build into products.</summary>
    public X509Certificate2 Root { get; }

    public LicenseSigner Signer { get; }

    /// <summary>Makes an authority from nothing, for twenty years.</summary>
    public static LicenseAuthority Create(string vendor, DateTimeOffset now)
    {
        var (from, until) = (now.AddMinutes(-5), now.AddYears(Years));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var root = Request($"{vendor} licence root", rootKey, isAuthority: true).CreateSelfSigned(from, until);
        using var issued = Request($"{vendor} licensing", middleKey, isAuthority: true).Create(root, from, until, Number());
        using var middleWithKey = issued.CopyWithPrivateKey(middleKey);
        var request = Request($"{vendor} licence signer", leafKey, isAuthority: false);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(LicenseChain.SigningUsage)], critical: false));
        var leaf = request.Create(middleWithKey.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), from, until, Number());
        return new(leafKey, leaf, X509CertificateLoader.LoadCertificate(issued.RawData), X509CertificateLoader.LoadCertificate(root.RawData));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="CryptographicException">The text is no such thing.</exception>
    public static LicenseAuthority Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        if (certificates.Count != 3)
            throw new CryptographicException("A licence authority holds three certificates: signer, intermediate, root.");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("A licence authority holds one private key.", e);
        }
        return new(key, certificates[0], certificates[1], certificates[2]);
    }

    /// <summary>Signer, intermediate and root with the signer's private key, as PEM. Keep it secret.</summary>
    public string Write() => string.Join('\n', signer.ExportCertificatePem(), middle.ExportCertificatePem(), Root.ExportCertificatePem(), signerKey.ExportPkcs8PrivateKeyPem()) + "\n";

    public void Dispose()
    {
        signerKey.Dispose();
        signer.Dispose();
        middle.Dispose();
        Root.Dispose();
    }

    static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA512);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }

    static byte[] Number() => RandomNumberGenerator.GetBytes(16) is var number ? [(byte)(number[0] & 0x7f), .. number[1..]] : [];
}
