using System.ComponentModel.DataAnnotations.Schema;
using System.Security.Cryptography;
using System.Text;
using Postern.Kernel.Values;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;

namespace Postern.Directory.Tokens;

/// <summary>A key that stands for a user: for the API, as an app password, or for one recovery or verification.</summary>
public sealed class Token : ISealed
{
    internal const string Purpose = "directory/token/key";

    public Guid Pk { get; set; } = Guid.NewGuid();

    /// <summary>Name in URLs; unique.</summary>
    public string Identifier { get; set; } = "";

    /// <summary>The secret itself; the database keeps its hash, by which it is found, and a sealed copy for those who may look at it.</summary>
    [NotMapped]
    public string Key { get; set; } = "";

    public byte[] KeyHash { get; private set; } = [];

    public string SealedKey { get; private set; } = "";

    public TokenIntent Intent { get; set; } = TokenIntent.Verification;

    public int UserPk { get; set; }

    public string Description { get; set; } = "";

    public DateTimeOffset? Expires { get; set; }

    public bool Expiring { get; set; } = true;

    /// <summary>Name under which blueprints manage it.</summary>
    public string? Managed { get; set; }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public void Open(SecretSeal seal) => Key = seal.Open(SealedKey, Purpose)?.Reveal ?? "";

    public void Close(SecretSeal seal)
    {
        // Of a key that was sealed under a lost secret key, the hash is left.
        if (Key.Length > 0)
            (KeyHash, SealedKey) = (HashOf(Key), seal.Keep(SealedKey, new Secret(Key), Purpose));
    }

    /// <summary>Checked wherever the token is used, whether or not a cleaner has run.</summary>
    public bool IsExpired(DateTimeOffset now) => Expiring && Expires is { } end && end <= now;
}

/// <summary>What a token is for.</summary>
public enum TokenIntent
{
    Verification,
    Api,
    Recovery,
    AppPassword,
}
