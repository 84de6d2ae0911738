using System.Data;
using System.IO.Compression;
using System.Text;
using Npgsql;
using Postern.Kernel.Settings;
using Postern.Storage.Migrations;

namespace Postern.Storage.Backups;

/// <summary>
/// Writes everything an installation cannot make anew into one ZIP archive: each table as one moment saw it, though the server goes on meanwhile, and the files of the data folder that
/// people put there. The archive gets its name when it is whole.
/// </summary>
public sealed class WriteBackup(NpgsqlDataSource database, HostSettings settings, TimeProvider clock)
{
    internal const string ManifestName = "manifest.json";
    internal const string MarkName = "manifest.mac";
    internal const string KeyName = "files/secret_key";

    /// <summary>Folders of the data folder that hold people's own work. The rest is the database, or comes and goes.</summary>
    static readonly string[] kept = ["templates"];

    /// <exception cref="BackupRefused">The file exists, there is no installation in the database, or it has no secret key.</exception>
    public async Task<BackupManifest> ExecuteAsync(string path, bool withSecretKey, CancellationToken cancellation)
    {
        if (File.Exists(path))
            throw new BackupRefused($"{path} exists. A backup is not written over another file.");
        if (BackupKey.Of(settings) is not { } key)
            throw new BackupRefused($"There is no secret key, neither in the settings nor in {settings.DataRoot}. Without it the backup could not be used.");
        var draft = path + ".part";
        try
        {
            await using var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            var manifest = await WriteAsync(file, key, withSecretKey, cancellation);
            file.Flush(flushToDisk: true);
            File.Move(draft, path, overwrite: false);
            return manifest;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    async Task<BackupManifest> WriteAsync(FileStream file, BackupKey key, bool withSecretKey, CancellationToken cancellation)
    {
        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await Catalogue.ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancellation);
        if (!await Catalogue.ScalarAsync<bool>(connection, "SELECT to_regclass('schema_migration') IS NOT NULL", cancellation))
            throw new BackupRefused("There is no installation in this database.");
        List<BackupTable> tables = [];
        foreach (var (name, columns) in await Catalogue.TablesAsync(connection, cancellation))
            tables.Add(await TableAsync(archive, connection, name, columns, cancellation));
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Version = ProgramVersion.Text,
            CreatedAt = clock.GetUtcNow(),
            Postgres = connection.PostgreSqlVersion.ToString(),
            KeyId = key.Id,
            Migrations = await Catalogue.MigrationsAsync(connection, cancellation),
            Tables = tables,
            Partitions = await Catalogue.PartitionsAsync(connection, cancellation),
            // After the rows: sequences do not stand still with the moment, and must not lag behind it.
            Sequences = await Catalogue.SequencesAsync(connection, cancellation),
            Files = await FilesAsync(archive, withSecretKey ? key : null, cancellation),
        };
        var json = manifest.Write();
        await EntryAsync(archive, ManifestName, new MemoryStream(json), cancellation);
        await EntryAsync(archive, MarkName, new MemoryStream(Encoding.ASCII.GetBytes(key.Mark(json))), cancellation);
        return manifest;
    }

    static async Task<BackupTable> TableAsync(ZipArchive archive, NpgsqlConnection connection, string name, string[] columns, CancellationToken cancellation)
    {
        // A query, because a partitioned table cannot be copied by its name.
        var list = string.Join(", ", columns.Select(Catalogue.Quote));
        var text = await connection.BeginTextExportAsync($"COPY (SELECT {list} FROM {Catalogue.Quote(name)}) TO STDOUT", cancellation);
        using var reader = (StreamReader)text;
        var (part, rows) = await EntryAsync(archive, $"tables/{name}.copy", reader.BaseStream, cancellation);
        return new BackupTable(name, columns, rows, part);
    }

    async Task<List<BackupPart>> FilesAsync(ZipArchive archive, BackupKey? key, CancellationToken cancellation)
    {
        List<BackupPart> files = [];
        if (key is not null)
            files.Add((await EntryAsync(archive, KeyName, new MemoryStream(Encoding.UTF8.GetBytes(key.Secret.Reveal)), cancellation)).Part);
        foreach (var folder in kept.Select(k => Path.Combine(settings.DataRoot, k)).Where(System.IO.Directory.Exists))
        {
            foreach (var path in System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                await using var file = File.OpenRead(path);
                files.Add((await EntryAsync(archive, "files/" + Path.GetRelativePath(settings.DataRoot, path), file, cancellation)).Part);
            }
        }
        return files;
    }

    static async Task<(BackupPart Part, long Lines)> EntryAsync(ZipArchive archive, string name, Stream content, CancellationToken cancellation)
    {
        await using var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation);
        return await Tally.CopyAsync(name, content, entry, cancellation);
    }
}
