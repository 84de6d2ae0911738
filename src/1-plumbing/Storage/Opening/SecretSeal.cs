using System.Security.Cryptography;
using System.Text;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;

namespace Postern.Storage.Opening;

/// <summary>
/// Seals secrets that must be read again (private keys, client secrets) before they are stored: AES-256-GCM under a key derived from the
/// installation's secret key (HKDF, RFC 5869). What a seal is for is bound into it, so that one cannot stand in for another.
/// </summary>
public sealed class SecretSeal
{
    const string Prefix = "sealed:1:";
    const int NonceBytes = 12;
    const int TagBytes = 16;

    readonly byte[] key;
    readonly byte[] hashKey;

    public SecretSeal(Secret secretKey)
    {
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secretKey.Reveal), 32, info: "postern.seal.1"u8.ToArray());
        hashKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secretKey.Reveal), 32, info: "postern.hash.1"u8.ToArray());
    }

    /// <summary>The seal of an installation: from its configured secret key, else from the one in its data folder.</summary>
    public static SecretSeal Of(HostSettings settings) => new(settings.SecretKey ?? SecretKeyFile.LoadOrCreate(settings.DataRoot));

    public static bool IsSealed(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Seals a text; the empty text, which is no secret, stays as it is.</summary>
    public string Seal(Secret secret, string purpose)
    {
        if (secret.Reveal.Length == 0)
            return "";
        var plain = Encoding.UTF8.GetBytes(secret.Reveal);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(plain);
        return Prefix + Convert.ToBase64String(whole);
    }

    /// <summary>Opens a sealed text; null when it was sealed under another secret key, for another purpose, or changed since. A text that is not sealed is answered as it is.</summary>
    public Secret? Open(string stored, string purpose)
    {
        if (!IsSealed(stored))
            return new Secret(stored);
        try
        {
            var whole = Convert.FromBase64String(stored[Prefix.Length..]);
            if (whole.Length < NonceBytes + TagBytes)
                return null;
            var plain = new byte[whole.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A keyed hash of a secret that is only ever compared, never read again.</summary>
    public byte[] Hash(Secret secret, string purpose) => HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes($"{purpose}\n{secret.Reveal}"));
}
