using System.Security.Cryptography;
using System.Text;
using Postern.Jose;
using Postern.Kernel.Values;

namespace Postern.OAuth2.Tokens;

/// <summary>Codes and tokens as texts, and what of them is stored.</summary>
static class TokenText
{
    const int MaxLength = 32 * 1024;

    /// <summary>A code or opaque token nobody can guess.</summary>
    public static string New(int length = 64) => RandomText.Alphanumeric(length);

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token.Length <= MaxLength ? token : ""));

    /// <summary>Left half of the hash that goes with the ID token's algorithm (OpenID Connect Core section 3.1.3.6).</summary>
    public static string HalfHash(string value, string algorithm)
    {
        var bytes = Encoding.ASCII.GetBytes(value);
        // Ed25519 hashes with SHA-512 by itself.
        var hash = algorithm[^3..] switch { "384" => SHA384.HashData(bytes), "512" or "DSA" => SHA512.HashData(bytes), _ => SHA256.HashData(bytes) };
        return Base64Text.Of(hash.AsSpan(0, hash.Length / 2));
    }

    /// <summary>Name of a session towards applications: no key to it.</summary>
    public static string SessionId(Guid session) => Convert.ToHexStringLower(SHA256.HashData(session.ToByteArray()));
}
