using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Postern.Licensing;

/// <summary>Writes licence keys: compact JWS, ES512, with the signer's certificates in the header (RFC 7515, RFC 7518 section 3.4).</summary>
public sealed class LicenseSigner(ECDsa key, X509Certificate2 leaf, X509Certificate2 intermediate)
{
    public string Sign(LicenseDocument document)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new
        {
            alg = "ES512",
            typ = "JWT",
            x5c = new[] { Convert.ToBase64String(leaf.RawData), Convert.ToBase64String(intermediate.RawData) },
        });
        var content = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(document))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA512, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }
}
