using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Authenticators.WebAuthn;

/// <summary>What an authenticator states about a new credential (WebAuthn level 3, section 6.5).</summary>
sealed record Attestation(string Format, byte[] AuthData, byte[]? Signature, byte[]? Certificate)
{
    public static Attestation? Parse(byte[] bytes)
    {
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Lax);
            string? format = null;
            byte[]? data = null;
            (byte[]? Signature, byte[]? Certificate) statement = default;
            reader.ReadStartMap();
            while (reader.PeekState() is not CborReaderState.EndMap)
            {
                switch (reader.ReadTextString())
                {
                    case "fmt": format = reader.ReadTextString(); break;
                    case "authData": data = reader.ReadByteString(); break;
                    case "attStmt": statement = Statement(reader); break;
                    default: reader.SkipValue(); break;
                }
            }
            return format is null || data is null ? null : new Attestation(format, data, statement.Signature, statement.Certificate);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the authenticator proved what it states. Only the format <c>packed</c> with a certificate (section 8.2) counts as proof of the model; what it is signed by is
    /// not traced to a manufacturer. Null when the statement is false.
    /// </summary>
    public bool? IsProven(AuthenticatorData data, byte[] clientDataHash)
    {
        if (Format is not "packed" || Signature is null)
            return false;
        byte[] signed = [.. AuthData, .. clientDataHash];
        if (Certificate is null)
            return CoseKey.Verifies(data.PublicKey, signed, Signature) ? false : null;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
            using var key = certificate.GetECDsaPublicKey();
            return key?.VerifyData(signed, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) is false ? null : key is not null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static (byte[]? Signature, byte[]? Certificate) Statement(CborReader reader)
    {
        byte[]? signature = null, certificate = null;
        reader.ReadStartMap();
        while (reader.PeekState() is not CborReaderState.EndMap)
        {
            switch (reader.ReadTextString())
            {
                case "sig" when reader.PeekState() is CborReaderState.ByteString: signature = reader.ReadByteString(); break;
                case "x5c" when reader.PeekState() is CborReaderState.StartArray:
                    reader.ReadStartArray();
                    while (reader.PeekState() is not CborReaderState.EndArray)
                    {
                        var next = reader.ReadByteString();
                        certificate ??= next;
                    }
                    reader.ReadEndArray();
                    break;
                default: reader.SkipValue(); break;
            }
        }
        reader.ReadEndMap();
        return (signature, certificate);
    }
}
