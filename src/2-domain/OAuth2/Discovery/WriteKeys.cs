using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.Keys;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Discovery;

/// <summary>Key sets of clients (RFC 7517): the key in use first, then those before it, so that rotation breaks no token in use.</summary>
static class WriteKeys
{
    /// <summary>The keys of the clients, each once.</summary>
    public static JsonObject Of(IEnumerable<Client> clients)
    {
        var (keys, seen) = (new JsonArray(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var client in clients)
        {
            foreach (var pair in client.Retired.Prepend(client.CertificateKey).OfType<OpenKeyPair>())
            {
                if (pair.PrivateKey is { } key && SigningKey.Of(key) is { Public: { } jwk } signing && seen.Add(signing.KeyId))
                    keys.Add(Entry(jwk, signing.Algorithm, "sig", signing.KeyId, pair.Certificate));
            }
            if (client.Encryption is { } recipient && JsonWebKey.Of(recipient) is var encryption && seen.Add($"enc {encryption.Thumbprint()}"))
                keys.Add(new JsonObject(encryption.ToJson().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())))
                {
                    ["alg"] = "RSA-OAEP-256",
                    ["enc"] = "A256CBC-HS512",
                    ["use"] = "enc",
                    ["kid"] = encryption.Thumbprint(),
                });
        }
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
