using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Keys;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Discovery;

/// <summary>A client's key set (RFC 7517): the key in use first, then those before it, so that rotation breaks no token in use.</summary>
static class WriteKeys
{
    public static JsonObject Of(Client client)
    {
        var keys = new JsonArray();
        foreach (var pair in client.Retired.Prepend(client.CertificateKey).OfType<OpenKeyPair>())
        {
            if (pair.PrivateKey is { } key && SigningKey.Of(key) is { Public: { } jwk } signing)
                keys.Add(Entry(jwk, signing.Algorithm, "sig", signing.KeyId, pair.Certificate));
        }
        if (client.Encryption is { } recipient)
            keys.Add(new JsonObject(JsonWebKey.Of(recipient).ToJson().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())))
            {
                ["alg"] = "RSA-OAEP-256",
                ["enc"] = "A256CBC-HS512",
                ["use"] = "enc",
                ["kid"] = JsonWebKey.Of(recipient).Thumbprint(),
            });
        return keys.Count == 0 ? [] : new JsonObject { ["keys"] = keys };
    }

    static JsonObject Entry(JsonWebKey jwk, string algorithm, string use, string kid, X509Certificate2 certificate)
    {
        var json = jwk.ToJson();
        (json["alg"], json["kid"], json["use"]) = (algorithm, kid, use);
        json["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));
        json["x5t"] = Base64Text.Of(certificate.GetCertHash(HashAlgorithmName.SHA1));
        json["x5t#S256"] = Base64Text.Of(certificate.GetCertHash(HashAlgorithmName.SHA256));
        return json;
    }
}
