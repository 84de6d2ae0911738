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
    internal const string Prefix = "sealed:1:";
    const int NonceBytes = 12;
    const int TagBytes = 16;

    readonly Keys current;
    readonly Keys[] all;

    /// <summary>Seals under <paramref name="secretKey"/>, and opens what was sealed under it or a previous one.</summary>
    public SecretSeal(Secret secretKey, params IEnumerable<Secret> previous)
    {
        current = Keys.Of(secretKey);
        all = [current, .. previous.Select(Keys.Of)];
    }

    /// <summary>The seal of an installation: from its configured secret key, else from the one in its data folder.</summary>
    public static SecretSeal Of(HostSettings settings) => new(settings.SecretKey ?? SecretKeyFile.LoadOrCreate(settings.DataRoot), settings.PreviousSecretKeys);

    public static bool IsSealed(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Seals a text; the empty text, which is no secret, stays as it is.</summary>
    public string Seal(Secret secret, string purpose)
    {
        if (secret.Reveal.Length == 0)
            return "";
        var plain = Encoding.UTF8.GetBytes(secret.Reveal);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(current.Seal, TagBytes);
        cipher.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        CryptographicOperations.ZeroMemory(plain);
        return Prefix + Convert.ToBase64String(whole);
    }

    /// <summary>Opens a sealed text; null when it was sealed under another secret key, for another purpose, or changed since. A text that is not sealed is answered as it is.</summary>
    public Secret? Open(string stored, string purpose)
    {
        if (!IsSealed(stored))
            return new Secret(stored);
        foreach (var keys in all)
        {
            if (Open(keys, stored, purpose) is { } secret)
                return secret;
        }
        return null;
    }

    /// <summary>Whether a text needs no sealing anew: it is empty, or sealed under the key of today.</summary>
    public bool IsCurrent(string stored, string purpose) => stored.Length == 0 || (IsSealed(stored) && Open(current, stored, purpose) is not null);

    /// <summary>What to store for a secret: the text that is there, when it is sealed under the key of today and holds this secret; else a new one.</summary>
    public string Keep(string? stored, Secret secret, string purpose) =>
        stored is not null && IsCurrent(stored, purpose) && Open(stored, purpose) == secret ? stored : Seal(secret, purpose);

    /// <summary>A keyed hash of a secret that is only ever compared, never read again.</summary>
    public byte[] Hash(Secret secret, string purpose) => current.HashOf(secret, purpose);

    /// <summary>The hash under the key of today and under each of those before.</summary>
    public IReadOnlyList<byte[]> Hashes(Secret secret, string purpose) => [.. all.Select(keys => keys.HashOf(secret, purpose))];

    static Secret? Open(Keys keys, string stored, string purpose)
    {
        try
        {
            var whole = Convert.FromBase64String(stored[Prefix.Length..]);
            if (whole.Length < NonceBytes + TagBytes)
                return null;
            var plain = new byte[whole.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(keys.Seal, TagBytes);
            cipher.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What is derived from one secret key.</summary>
    sealed record Keys(byte[] Seal, byte[] Hash)
    {
        public static Keys Of(Secret secretKey)
        {
            var bytes = Encoding.UTF8.GetBytes(secretKey.Reveal);
            return new(
                HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "postern.seal.1"u8.ToArray()),
                HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, info: "postern.hash.1"u8.ToArray()));
        }

        public byte[] HashOf(Secret secret, string purpose) => HMACSHA256.HashData(Hash, Encoding.UTF8.GetBytes($"{purpose}\n{secret.Reveal}"));
    }
}
