using Npgsql;
using Postern.Storage.Migrations;

namespace Postern.Storage.Backups;

/// <summary>What PostgreSQL's catalogue says of the product's schema, on one connection.</summary>
static class Catalogue
{
    const string Own = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

    const string TableNames = $"""
        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relnamespace = {Own} AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        GROUP BY c.relname ORDER BY c.relname COLLATE "C"
        """;

    const string PartitionNames = $"""
        SELECT p.relname, c.relname, pg_get_expr(c.relpartbound, c.oid)
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
        WHERE c.relispartition AND c.relkind IN ('r', 'p') AND c.relnamespace = {Own}
        ORDER BY p.relname COLLATE "C", c.relname COLLATE "C"
        """;

    const string SequenceNames = """SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename COLLATE "C" """;

    const string KeyNames = $"""
        SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid)
        FROM pg_constraint c WHERE c.connamespace = {Own} AND c.contype = 'f' AND c.conparentid = 0
        ORDER BY 1, 2
        """;

    public static Task<List<(string Name, string[] Columns)>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(connection, TableNames, row => (row.GetString(0), row.GetFieldValue<string[]>(1)), cancellation);

    public static Task<List<BackupPartition>> PartitionsAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(connection, PartitionNames, row => new BackupPartition(row.GetString(0), row.GetString(1), row.GetString(2)), cancellation);

    public static Task<List<BackupSequence>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(connection, SequenceNames, row => new BackupSequence(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1)), cancellation);

    /// <summary>Foreign keys: the table and the name as SQL writes them, and the definition.</summary>
    public static Task<List<(string Table, string Name, string Definition)>> ForeignKeysAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(connection, KeyNames, row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellation);

    public static Task<List<AppliedMigration>> MigrationsAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(connection, "SELECT name, checksum, version FROM schema_migration ORDER BY name COLLATE \"C\"", row => new AppliedMigration(row.GetString(0), row.GetString(1), row.GetString(2)), cancellation);

    /// <summary>A name as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        List<T> found = [];
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            found.Add(row(rows));
        return found;
    }
}
