using System.Security.Cryptography;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.Storage.Backups;

/// <summary>What the secret key of an installation does for backups: it marks a table of contents so that nobody without it can make another. Keys used before are known too.</summary>
public sealed class BackupKey(Secret key, params IEnumerable<Secret> previous)
{
    static readonly Secret name = new("id");

    public Secret Secret => key;

    public SecretSeal Seal { get; } = new(key, previous);

    /// <summary>Tells keys apart without telling one.</summary>
    public string Id => IdOf(Seal.Hash(name, "postern.backup.key"));

    /// <summary>The key of an installation: from its settings, else from its data folder; null where it has none yet.</summary>
    public static BackupKey? Of(HostSettings settings) =>
        (settings.SecretKey ?? SecretKeyFile.Find(settings.DataRoot)) is { } key ? new(key, settings.PreviousSecretKeys) : null;

    /// <summary>Whether this is the id of the key or of one used before.</summary>
    public bool Knows(string id) => Seal.Hashes(name, "postern.backup.key").Any(h => string.Equals(IdOf(h), id, StringComparison.Ordinal));

    internal string Mark(byte[] manifest) => Convert.ToHexStringLower(Seal.Hash(Content(manifest), "postern.backup.manifest"));

    internal bool Marked(byte[] manifest, string mark) =>
        Seal.Hashes(Content(manifest), "postern.backup.manifest").Any(h => string.Equals(Convert.ToHexStringLower(h), mark, StringComparison.Ordinal));

    static Secret Content(byte[] manifest) => new(Convert.ToHexStringLower(SHA256.HashData(manifest)));

    static string IdOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));
}
