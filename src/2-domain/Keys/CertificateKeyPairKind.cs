using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Keys;

/// <summary>The declaration of certificate-key pairs.</summary>
public static class CertificateKeyPairKind
{
    internal const string ViewCertificate = "view_certificatekeypair_certificate";
    internal const string ViewKey = "view_certificatekeypair_key";

    public static readonly ModelKind<CertificateKeyPair> Kind = ModelKind<CertificateKeyPair>.Declare("authentik_crypto.certificatekeypair", static (k, kind) =>
    {
        k.Labels("Certificate-Key Pair", "Certificate-Key Pairs").Path("crypto/certificatekeypairs").PathParameter("kp_uuid").Table("certificate_key_pair");
        k.Permissions((ViewCertificate, "View Certificate-Key pair's certificate"), (ViewKey, "View Certificate-Key pair's private key"));
        k.Key(p => p.Pk).Aliases("kp_uuid");
        k.Text("name", p => p.Name).Required().Unique();
        k.LongText("certificate_data", p => p.CertificateData).Required().WriteOnly().Label("Certificate").Help("The certificate as PEM; issuers may follow it.");
        k.Secret("key_data", p => p.KeyData).Label("Private key").Help("The private key as PEM, needed to sign and to decrypt. It is stored encrypted.");
        k.Computed("fingerprint_sha256", p => p.FingerprintSha256);
        k.Computed("fingerprint_sha1", p => p.FingerprintSha1);
        k.Timestamp("cert_expiry", p => p.CertExpiry).ReadOnly().Label("Expires");
        k.Text("cert_subject", p => p.CertSubject).ReadOnly().Label("Subject");
        k.Computed("private_key_available", p => p.KeyData.Length > 0);
        k.Choice("key_type", p => p.KeyType).ReadOnly().Label("Type");
        k.Computed("certificate_download_url", p => $"/api/v3/crypto/certificatekeypairs/{p.Pk}/view_certificate/?download=true");
        k.Computed("private_key_download_url", p => $"/api/v3/crypto/certificatekeypairs/{p.Pk}/view_private_key/?download=true");
        k.NullableText("managed", p => p.Managed).ReadOnly();
        k.Filters("name", "managed", "key_type");
        k.Filter("has_key", static (query, values, errors) =>
        {
            if (bool.TryParse(values[^1], out var has))
                return query.Where(p => p.KeyData != "" == has);
            errors.Add("has_key", "Must be a valid boolean.");
            return query;
        });
        k.Search(p => p.Name, p => p.CertSubject);
        k.Order("name", "cert_expiry", "cert_subject", "key_type");
        k.Validate(CheckKeyPair.Check);
    });
}
