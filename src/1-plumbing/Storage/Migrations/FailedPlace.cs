using Npgsql;

namespace Postern.Storage.Migrations;

/// <summary>Finds the line of a migration a SQL error speaks of.</summary>
internal static class FailedPlace
{
    /// <summary>" in line 12", or nothing where the server named no place.</summary>
    public static string In(Migration migration, PostgresException error)
    {
        // The server counts characters from the start of the one statement, which the driver cut out of the file.
        var statement = error.BatchCommand?.CommandText ?? migration.Sql;
        var start = migration.Sql.IndexOf(statement, StringComparison.Ordinal);
        if (start < 0)
            return "";
        var end = Math.Min(start + Math.Max(error.Position - 1, 0), migration.Sql.Length);
        return $" in line {migration.Sql.AsSpan(0, end).Count('\n') + 1}";
    }
}
