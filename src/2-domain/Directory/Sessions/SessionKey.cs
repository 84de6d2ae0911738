using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Directory.Sessions;

/// <summary>The secret in a session's cookie, and what is derived from it.</summary>
static class SessionKey
{
    const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the database keeps; null for a text that no key can be.</summary>
    public static byte[]? HashOf(string key) => key.Length is > 20 and < 100 ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    /// <summary>The token that unsafe calls must repeat: only who can read this site's cookies knows it, and it dies with the key.</summary>
    public static string CsrfToken(string key) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), "csrf"u8));
}
