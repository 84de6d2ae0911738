using System.Text.Json.Serialization;

namespace Postern.Keys;

/// <summary>A certificate, and the private key to it where this installation holds it.</summary>
public sealed class CertificateKeyPair
{
    /// <summary>What private keys are sealed for.</summary>
    internal const string Purpose = "authentik_crypto.certificatekeypair";

    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    /// <summary>Key of a pair that the product keeps itself; null for others.</summary>
    public string? Managed { get; set; }

    /// <summary>The certificate, and perhaps its issuers behind it, as PEM (RFC 7468).</summary>
    public string CertificateData { get; set; } = "";

    /// <summary>The private key as PEM, sealed; empty where there is none.</summary>
    public string KeyData { get; set; } = "";

    public KeyType KeyType { get; set; }

    /// <summary>Whom the certificate is about, as RFC 4514 writes it.</summary>
    public string CertSubject { get; set; } = "";

    public DateTimeOffset CertExpiry { get; set; }

    /// <summary>Pairs of hexadecimal digits with colons between.</summary>
    public string FingerprintSha256 { get; set; } = "";

    public string FingerprintSha1 { get; set; } = "";
}

/// <summary>Kinds of public keys.</summary>
public enum KeyType
{
    Rsa,
    Ec,
    Dsa,
    [JsonStringEnumMemberName("ed25519")]
    Ed25519,
    [JsonStringEnumMemberName("ed448")]
    Ed448,
}
