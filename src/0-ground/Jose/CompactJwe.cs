using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Jose;

/// <summary>Encryption in compact form (RFC 7516 section 7.1) with RSA-OAEP-256 and A256CBC-HS512 (RFC 7518 sections 4.3 and 5.2.5).</summary>
public static class CompactJwe
{
    const int HalfKey = 32;

    /// <summary>Encrypts a signed token (nested, RFC 7519 section 5.2) for the holder of the key.</summary>
    public static string Encrypt(string token, RSA recipient, string keyId)
    {
        var header = new JsonObject { ["alg"] = "RSA-OAEP-256", ["enc"] = "A256CBC-HS512", ["typ"] = "JWE", ["cty"] = "JWT", ["kid"] = keyId };
        var aad = Base64Text.Of(Encoding.UTF8.GetBytes(header.ToJsonString()));
        var key = RandomNumberGenerator.GetBytes(2 * HalfKey);
        var iv = RandomNumberGenerator.GetBytes(16);
        using var aes = Aes.Create();
        aes.Key = key[HalfKey..];
        var sealedText = aes.EncryptCbc(Encoding.UTF8.GetBytes(token), iv);
        var tag = Tag(key[..HalfKey], Encoding.ASCII.GetBytes(aad), iv, sealedText);
        return string.Join('.', aad, Base64Text.Of(recipient.Encrypt(key, RSAEncryptionPadding.OaepSHA256)), Base64Text.Of(iv), Base64Text.Of(sealedText), Base64Text.Of(tag));
    }

    static byte[] Tag(byte[] key, byte[] aad, byte[] iv, byte[] text)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, aad.Length * 8L);
        byte[] all = [.. aad, .. iv, .. text, .. length];
        return HMACSHA512.HashData(key, all)[..HalfKey];
    }
}
