using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Keys;

/// <summary>Makes a private key and a certificate that signs itself, and stores them. Writes a row and its audit record.</summary>
public sealed class GenerateKeyPair(SaveObject save, TimeProvider clock)
{
    /// <summary>Faults: forbidden; invalid when the name is taken or another field is wrong.</summary>
    public async Task<Result<CertificateKeyPair>> ExecuteAsync(Caller caller, GenerateRequest request, CancellationToken cancellation)
    {
        using AsymmetricAlgorithm key = request.Algorithm switch
        {
            GenerateAlgorithm.Rsa => RSA.Create(RsaBits),
            GenerateAlgorithm.Ed25519 => Ed25519Key.Generate(),
            _ => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        };
        using var certificate = Sign(request, key);
        var body = new JsonObject
        {
            ["name"] = request.CommonName,
            ["certificate_data"] = certificate.ExportCertificatePem() + "\n",
            ["key_data"] = key.ExportPkcs8PrivateKeyPem() + "\n",
        };
        var saved = await save.CreateAsync(CertificateKeyPairKind.Kind, caller, JsonSerializer.SerializeToElement(body), SaveOptions.Full, cancellation);
        return saved.Then(entity => (CertificateKeyPair)entity);
    }

    // Strong enough for tokens that live for hours, and four times faster to sign with than the next size; larger keys may be imported.
    const int RsaBits = 2048;

    X509Certificate2 Sign(GenerateRequest request, AsymmetricAlgorithm key)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(request.CommonName);
        builder.AddOrganizationName("Postern");
        builder.AddOrganizationalUnitName("Self-signed");
        var subject = builder.Build();
        var certificate = key switch
        {
            RSA rsa => new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ec => new CertificateRequest(subject, ec, HashAlgorithmName.SHA256),
            _ => new CertificateRequest(subject, PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _), HashAlgorithmName.SHA256),
        };
        certificate.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        if (request.AlternativeNames.Count > 0)
            certificate.CertificateExtensions.Add(Alternatives(request.AlternativeNames));
        var now = clock.GetUtcNow();
        var (from, until) = (now.AddMinutes(-5), now.AddDays(request.ValidityDays));
        return key is Ed25519Key edwards
            ? certificate.Create(subject, new Ed25519Signature(edwards), from, until, RandomNumberGenerator.GetBytes(16))
            : certificate.CreateSelfSigned(from, until);
    }

    static X509Extension Alternatives(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (System.Net.IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name);
        }
        return builder.Build();
    }
}
