using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Licensing;

namespace Postern.Tests.Unit.Licensing;

/// <summary>A root, an intermediate and a signer made for one test.</summary>
sealed class Authority : IDisposable
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP521);
    readonly ECDsa middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP521);
    readonly ECDsa leafKey;
    readonly X509Certificate2 root;
    readonly X509Certificate2 middle;
    readonly X509Certificate2 leaf;

    internal Authority(ECCurve? leafCurve = null, bool leafIsAuthority = false, bool leafSigns = true)
    {
        leafKey = ECDsa.Create(leafCurve ?? ECCurve.NamedCurves.nistP521);
        root = Request("Root", rootKey, authority: true).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(20));
        var middleRequest = Request("Licensing", middleKey, authority: true);
        using var issuedMiddle = middleRequest.Create(root, Now.AddYears(-1), Now.AddYears(10), [1]);
        middle = X509CertificateLoader.LoadCertificate(issuedMiddle.RawData);
        using var middleWithKey = issuedMiddle.CopyWithPrivateKey(middleKey);
        var leafRequest = Request("Signer", leafKey, leafIsAuthority);
        if (leafSigns)
        {
            leafRequest.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(LicenseChain.SigningUsage)], critical: false));
        }

        leaf = leafRequest.Create(middleWithKey.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), Now.AddDays(-30), Now.AddDays(30), [2]);
    }

    internal X509Certificate2Collection Roots => [root];

    internal string Sign(LicenseDocument document) => new LicenseSigner(leafKey, leaf, middle).Sign(document);

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[leaf, middle, root, leafKey, middleKey, rootKey])
        {
            part.Dispose();
        }
    }

    static CertificateRequest Request(string name, ECDsa key, bool authority)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA512);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
