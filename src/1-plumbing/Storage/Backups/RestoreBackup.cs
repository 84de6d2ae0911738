using Npgsql;
using Postern.Kernel.Settings;
using Postern.Storage.Migrations;
using Postern.Storage.Sealing;

namespace Postern.Storage.Backups;

/// <summary>
/// Puts a backup into an empty database: the schema it was written with, then its rows, in one transaction that is undone at the first thing that is not right. What this program's
/// version adds to the schema comes at the next start, as with any upgrade.
/// </summary>
public sealed class RestoreBackup(NpgsqlDataSource database, HostSettings settings, IReadOnlyList<Migration> known, SealedPlaces secrets)
{
    /// <summary>Restores. With <paramref name="verify"/> every sealed secret is opened too; with <paramref name="keep"/> false all of it is undone at the end.</summary>
    /// <exception cref="BackupRefused">The database is not empty, the backup is newer than this program, or something in it does not hold.</exception>
    public async Task<RestoredBackup> ExecuteAsync(BackupFile backup, bool verify, bool keep, CancellationToken cancellation)
    {
        var manifest = backup.Manifest;
        var key = BackupKey.Of(settings) ?? backup.IncludedKey!;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var whole = await connection.BeginTransactionAsync(cancellation);
        await Catalogue.ExecuteAsync(connection, MigrationRunner.Gate, cancellation);
        await RefuseFullAsync(connection, cancellation);
        await SchemaAsync(connection, manifest, cancellation);
        await RowsAsync(connection, backup, cancellation);
        foreach (var table in manifest.Tables)
        {
            var rows = await Catalogue.ScalarAsync<long>(connection, $"SELECT count(*) FROM {Catalogue.Quote(table.Name)}", cancellation);
            if (rows != table.Rows)
                throw new BackupRefused($"The table {table.Name} has {rows} rows instead of {table.Rows}. Nothing was restored.");
        }
        var opened = verify ? await new OpenSecrets(key.Seal, secrets).ExecuteAsync(connection, cancellation) : 0;
        if (keep)
        {
            await new RestoreFiles(settings).ExecuteAsync(backup, cancellation);
            await whole.CommitAsync(cancellation);
        }
        return new RestoredBackup(manifest.Tables.Count, manifest.Rows, opened);
    }

    static async Task RefuseFullAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var there = await Catalogue.TablesAsync(connection, cancellation);
        if (there.Count > 0)
        {
            throw new BackupRefused(
                $"The database is not empty: it has {there.Count} tables, such as {there[0].Name}. A backup is restored into an empty database only; name another one, or another data folder.");
        }
    }

    async Task SchemaAsync(NpgsqlConnection connection, BackupManifest manifest, CancellationToken cancellation)
    {
        try
        {
            // Only those the backup has been through: the others must find its rows, not these empty tables.
            _ = MigrationPlan.Of(known, manifest.Migrations, ProgramVersion.Text);
            var through = manifest.Migrations.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            await Catalogue.ExecuteAsync(connection, MigrationRunner.Table, cancellation);
            foreach (var migration in known.Where(m => through.Contains(m.Name)))
                await MigrationRunner.RunAsync(connection, migration, cancellation);
        }
        catch (MigrationException e)
        {
            throw new BackupRefused($"The schema of the backup cannot be made. {e.Message}", e);
        }
        var made = (await Catalogue.TablesAsync(connection, cancellation)).ToDictionary(t => t.Name, t => t.Columns, StringComparer.Ordinal);
        foreach (var table in manifest.Tables)
        {
            if (!made.Remove(table.Name, out var columns) || !columns.Order(StringComparer.Ordinal).SequenceEqual(table.Columns.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                throw new BackupRefused($"The backup holds a table {table.Name} that this schema does not have, or not with these columns. Nothing was restored.");
        }
        if (made.Count > 0)
            throw new BackupRefused($"The backup holds nothing for the table {made.Keys.First()}. Nothing was restored.");
        foreach (var partition in manifest.Partitions)
        {
            await Catalogue.ExecuteAsync(
                connection, $"CREATE TABLE IF NOT EXISTS {Catalogue.Quote(partition.Name)} PARTITION OF {Catalogue.Quote(partition.Table)} {partition.Bound}", cancellation);
        }
    }

    /// <summary>Foreign keys are taken off meanwhile and checked when they are put back; triggers had their turn when the rows were first written.</summary>
    static async Task RowsAsync(NpgsqlConnection connection, BackupFile backup, CancellationToken cancellation)
    {
        var manifest = backup.Manifest;
        var names = manifest.Tables.Select(t => Catalogue.Quote(t.Name)).ToList();
        var keys = await Catalogue.ForeignKeysAsync(connection, cancellation);
        await Catalogue.ExecuteAsync(connection, "SET CONSTRAINTS ALL IMMEDIATE", cancellation);
        foreach (var (table, name, _) in keys)
            await Catalogue.ExecuteAsync(connection, $"ALTER TABLE {table} DROP CONSTRAINT {name}", cancellation);
        foreach (var name in names)
            await Catalogue.ExecuteAsync(connection, $"ALTER TABLE {name} DISABLE TRIGGER USER", cancellation);
        await Catalogue.ExecuteAsync(connection, $"TRUNCATE {string.Join(", ", names)}", cancellation);
        try
        {
            foreach (var table in manifest.Tables)
                await CopyAsync(connection, backup, table, cancellation);
            foreach (var (table, name, definition) in keys)
                await Catalogue.ExecuteAsync(connection, $"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}", cancellation);
        }
        catch (PostgresException e)
        {
            throw new BackupRefused($"The rows do not fit: {e.MessageText} ({e.TableName ?? e.Where ?? e.SqlState}). Nothing was restored.", e);
        }
        foreach (var name in names)
            await Catalogue.ExecuteAsync(connection, $"ALTER TABLE {name} ENABLE TRIGGER USER", cancellation);
        foreach (var sequence in manifest.Sequences)
        {
            await Catalogue.ExecuteAsync(
                connection,
                sequence.Last is { } last
                    ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT setval('{Catalogue.Quote(sequence.Name)}', {last})")
                    : $"ALTER SEQUENCE {Catalogue.Quote(sequence.Name)} RESTART",
                cancellation);
        }
    }

    static async Task CopyAsync(NpgsqlConnection connection, BackupFile backup, BackupTable table, CancellationToken cancellation)
    {
        await using var content = await backup.OpenAsync(table.Content, cancellation);
        var text = await connection.BeginTextImportAsync($"COPY {Catalogue.Quote(table.Name)} ({string.Join(", ", table.Columns.Select(Catalogue.Quote))}) FROM STDIN", cancellation);
        await using var writer = (StreamWriter)text;
        await content.CopyToAsync(writer.BaseStream, cancellation);
    }
}

/// <summary>What was restored.</summary>
/// <param name="Tables">Tables.</param>
/// <param name="Rows">Rows in all of them.</param>
/// <param name="Secrets">Sealed secrets that were opened.</param>
public sealed record RestoredBackup(int Tables, long Rows, long Secrets);
