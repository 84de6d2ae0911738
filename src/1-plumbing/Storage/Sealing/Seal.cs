using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.Storage.Sealing;

/// <summary>Seals bytes for what other people hold or the database keeps (seeds of one-time codes, cookies): unlike <see cref="SecretSeal"/> it opens nothing that is not sealed.</summary>
public sealed class Seal(SecretSeal seal)
{
    public string Close(string purpose, ReadOnlySpan<byte> secret) => seal.Seal(new Secret(Convert.ToBase64String(secret)), purpose);

    /// <summary>What was sealed for this purpose; null for anything else.</summary>
    public byte[]? Open(string purpose, string box) =>
        SecretSeal.IsSealed(box) && seal.Open(box, purpose) is { } secret ? Convert.FromBase64String(secret.Reveal) : null;

    /// <summary>A keyed hash, for secrets that are only ever compared.</summary>
    public byte[] Hash(string purpose, string secret) => seal.Hash(new Secret(secret), purpose);

    /// <summary>The hashes that the secret may have been kept as: under the key of today, and under those before.</summary>
    public IReadOnlyList<byte[]> Hashes(string purpose, string secret) => seal.Hashes(new Secret(secret), purpose);
}
