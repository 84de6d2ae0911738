using Postern.Kernel.Settings;
using Postern.Storage.Opening;

namespace Postern.Storage.Backups;

/// <summary>Puts the files of a backup into the data folder. One that is there with another content is never replaced.</summary>
sealed class RestoreFiles(HostSettings settings)
{
    const string Prefix = "files/";

    public async Task ExecuteAsync(BackupFile backup, CancellationToken cancellation)
    {
        if (backup.IncludedKey is { } key && BackupKey.Of(settings) is null)
            SecretKeyFile.Keep(settings.DataRoot, key.Secret);
        foreach (var part in backup.Manifest.Files.Where(f => f.Name is not WriteBackup.KeyName))
            await FileAsync(backup, part, cancellation);
    }

    async Task FileAsync(BackupFile backup, BackupPart part, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(settings.DataRoot) + Path.DirectorySeparatorChar;
        var path = part.Name.StartsWith(Prefix, StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(root, part.Name[Prefix.Length..])) : "";
        if (!path.StartsWith(root, StringComparison.Ordinal))
            throw new BackupRefused($"The backup holds a file {part.Name}, which is not of the data folder. Nothing was restored.");
        if (File.Exists(path))
        {
            await using var there = File.OpenRead(path);
            if ((await Tally.CopyAsync(part.Name, there, Stream.Null, cancellation)).Part != part)
                throw new BackupRefused($"{path} is there already, with another content. Move it away and restore again. Nothing was restored.");
            return;
        }
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var content = await backup.OpenAsync(part, cancellation);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await content.CopyToAsync(file, cancellation);
    }
}
