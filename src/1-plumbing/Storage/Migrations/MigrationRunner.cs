using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Storage.Migrations;

/// <summary>
/// Brings a database's schema to this program's version. Any number of nodes may start at once: one migrates, the others wait for it.
/// </summary>
public sealed class MigrationRunner(
    NpgsqlDataSource database, IReadOnlyList<Migration> known, TimeProvider clock, ILogger<MigrationRunner> logger)
{
    // "postern" in ASCII; the same number on every node and in every version.
    const long lockKey = 0x706F737465726E;

    /// <summary>Waits, within a transaction and until its end, for whoever else changes the schema.</summary>
    internal static readonly string Gate = $"SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock({lockKey})";

    internal const string Table = """
        CREATE TABLE schema_migration (
            name text PRIMARY KEY,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL,
            version text NOT NULL
        )
        """;

    /// <summary>
    /// Applies what is missing, each migration in a transaction of its own together with its record, and gives the names applied. A failing
    /// migration leaves the database as it was after the one before it.
    /// </summary>
    /// <exception cref="MigrationException">Refused (newer database, edited file) or failed; the message names the file and the SQL error.</exception>
    public async Task<IReadOnlyList<string>> ExecuteAsync(CancellationToken cancellationToken)
    {
        // A transaction-level lock on a connection of its own: it survives the migrations' commits and also works through a pooler.
        await using var gate = await database.OpenConnectionAsync(cancellationToken);
        await using var held = await gate.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(gate, Gate, cancellationToken);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Where nothing is missing, a role that may not change the schema is enough.
        if (!await HasTableAsync(connection, cancellationToken))
            await ExecuteAsync(connection, Table, cancellationToken);
        var pending = MigrationPlan.Of(known, await ReadAppliedAsync(connection, cancellationToken), ProgramVersion.Text);
        foreach (var migration in pending)
            await ApplyAsync(connection, migration, cancellationToken);
        return [.. pending.Select(migration => migration.Name)];
    }

    /// <summary>The names of the migrations that a start would apply now; nothing is changed.</summary>
    /// <exception cref="MigrationException">The database is newer than this program, or an applied file was edited.</exception>
    public static async Task<IReadOnlyList<string>> PendingAsync(NpgsqlDataSource database, IReadOnlyList<Migration> known, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var applied = await HasTableAsync(connection, cancellationToken) ? await ReadAppliedAsync(connection, cancellationToken) : [];
        return [.. MigrationPlan.Of(known, applied, ProgramVersion.Text).Select(migration => migration.Name)];
    }

    async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, migration, cancellationToken);
        await using var records = new NpgsqlCommand(
            "INSERT INTO schema_migration (name, checksum, applied_at, version) VALUES ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = migration.Name }, new() { Value = migration.Checksum },
                new() { Value = clock.GetUtcNow() }, new() { Value = ProgramVersion.Text },
            },
        };
        await records.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.MigrationApplied(migration.Name, clock.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Runs one migration in the transaction at hand, without a record of it.</summary>
    /// <exception cref="MigrationException">It failed; the message names the place and the SQL error.</exception>
    internal static async Task RunAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, WholeScript.Command(migration.Sql), cancellationToken);
        }
        catch (PostgresException error)
        {
            throw new MigrationException(
                $"The migration {migration.Name} failed{WholeScript.Place(migration.Sql, error)}: {error.SqlState} {error.MessageText}" +
                $"{Addition(error.Detail)}{Addition(error.Hint)}. Nothing of it was kept.", error);
        }
    }

    static string Addition(string? text) => string.IsNullOrEmpty(text) ? "" : $" ({text})";

    static async Task<bool> HasTableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var looks = new NpgsqlCommand("SELECT to_regclass('schema_migration') IS NOT NULL", connection);
        return (bool)(await looks.ExecuteScalarAsync(cancellationToken))!;
    }

    static async Task<IReadOnlyList<AppliedMigration>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<AppliedMigration> applied = [];
        await using var reads = new NpgsqlCommand("SELECT name, checksum, version FROM schema_migration ORDER BY name", connection);
        await using var rows = await reads.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            applied.Add(new AppliedMigration(rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        return applied;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
