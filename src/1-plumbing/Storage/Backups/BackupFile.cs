using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Postern.Storage.Backups;

/// <summary>A backup that was opened to be read: its table of contents is there, and every part is what the table says.</summary>
public sealed class BackupFile : IAsyncDisposable
{
    const int LongestManifest = 64 * 1024 * 1024;

    readonly ZipArchive archive;

    BackupFile(ZipArchive archive, BackupManifest manifest, BackupKey? key) => (this.archive, Manifest, IncludedKey) = (archive, manifest, key);

    public BackupManifest Manifest { get; }

    /// <summary>The secret key, where the backup was written with it.</summary>
    public BackupKey? IncludedKey { get; }

    /// <summary>Opens a backup and reads all of it once. <paramref name="key"/> is the secret key of the installation that it goes to; null for the one in the backup.</summary>
    /// <exception cref="BackupRefused">It is no whole backup, was changed, or belongs to another secret key.</exception>
    public static async Task<BackupFile> OpenAsync(string path, BackupKey? key, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new BackupRefused($"There is no file {path}.");
        ZipArchive? opened = null;
        try
        {
            opened = await ZipFile.OpenReadAsync(path, cancellation);
            var json = await ReadAsync(opened, WriteBackup.ManifestName, cancellation);
            var manifest = BackupManifest.Read(json) ?? throw new InvalidDataException("its table of contents is empty");
            if (manifest.Format != BackupManifest.CurrentFormat)
                throw new BackupRefused($"{path} has the format {manifest.Format}, which this version does not read. Use version {manifest.Version} or newer.");
            var included = opened.GetEntry(WriteBackup.KeyName) is null ? null : new BackupKey(new(Encoding.UTF8.GetString(await ReadAsync(opened, WriteBackup.KeyName, cancellation))));
            RefuseMark(path, json, Encoding.ASCII.GetString(await ReadAsync(opened, WriteBackup.MarkName, cancellation)), manifest, key ?? included);
            await RefusePartsAsync(path, opened, manifest, cancellation);
            return new BackupFile(opened, manifest, included);
        }
        catch (Exception e)
        {
            if (opened is not null)
                await opened.DisposeAsync();
            if (e is InvalidDataException or JsonException or NotSupportedException or EndOfStreamException)
                throw new BackupRefused($"{path} is no backup, was cut short, or was damaged: {e.Message.TrimEnd('.')}.", e);
            throw;
        }
    }

    /// <summary>The content of a part.</summary>
    public Task<Stream> OpenAsync(BackupPart part, CancellationToken cancellation) => archive.GetEntry(part.Name)!.OpenAsync(cancellation);

    public ValueTask DisposeAsync() => archive.DisposeAsync();

    static void RefuseMark(string path, byte[] json, string mark, BackupManifest manifest, BackupKey? key)
    {
        if (key is null)
        {
            throw new BackupRefused(
                "The secret key that seals this installation's secrets is not in the backup. Set SECRET_KEY, or put the file secret_key of the old data folder into the new one, and try again.");
        }
        if (!key.Knows(manifest.KeyId))
            throw new BackupRefused($"{path} belongs to another secret key than the one of this installation. Set the SECRET_KEY, or the file secret_key in the data folder, that the backup was written with.");
        if (!key.Marked(json, mark))
            throw new BackupRefused($"{path} was changed after it was written: its table of contents does not bear the mark of the secret key.");
    }

    static async Task RefusePartsAsync(string path, ZipArchive archive, BackupManifest manifest, CancellationToken cancellation)
    {
        var named = manifest.Parts.Select(p => p.Name).Append(WriteBackup.ManifestName).Append(WriteBackup.MarkName).Order(StringComparer.Ordinal);
        if (!named.SequenceEqual(archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new BackupRefused($"{path} was changed after it was written: it does not hold the parts that its table of contents names.");
        foreach (var part in manifest.Parts)
        {
            await using var content = await archive.GetEntry(part.Name)!.OpenAsync(cancellation);
            if ((await Tally.CopyAsync(part.Name, content, Stream.Null, cancellation)).Part != part)
                throw new BackupRefused($"{path} was changed after it was written: the checksum of {part.Name} is wrong.");
        }
    }

    static async Task<byte[]> ReadAsync(ZipArchive archive, string name, CancellationToken cancellation)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException($"it holds no {name}");
        if (entry.Length > LongestManifest)
            throw new InvalidDataException($"{name} is too long");
        await using var content = await entry.OpenAsync(cancellation);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellation);
        return memory.ToArray();
    }
}
