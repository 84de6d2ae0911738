namespace Postern.Storage.Migrations;

/// <summary>A migration a database has been through, as its table <c>schema_migration</c> tells.</summary>
public sealed record AppliedMigration(string Name, string Checksum, string Version);

/// <summary>Compares what this program knows with what the database has been through.</summary>
public static class MigrationPlan
{
    /// <summary>Gives the migrations still to apply, in order.</summary>
    /// <exception cref="MigrationException">The database is newer than this program, or an applied file was edited.</exception>
    public static IReadOnlyList<Migration> Of(IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied, string programVersion)
    {
        var byName = known.ToDictionary(migration => migration.Name, StringComparer.Ordinal);
        var unknown = applied.Where(done => !byName.ContainsKey(done.Name)).ToArray();
        if (unknown.Length > 0)
            throw new MigrationException(NewerDatabase(unknown, programVersion));

        foreach (var done in applied)
        {
            if (!string.Equals(byName[done.Name].Checksum, done.Checksum, StringComparison.Ordinal))
            {
                throw new MigrationException(
                    $"The migration {done.Name} was applied to this database by version {done.Version}, but its text has changed since. " +
                    "An applied migration must stay as it was: restore the file and put the change into a new one.");
            }
        }

        var names = applied.Select(done => done.Name).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(migration => !names.Contains(migration.Name))];
    }

    static string NewerDatabase(AppliedMigration[] unknown, string programVersion)
    {
        var last = unknown[^1];
        return $"This database was migrated by version {last.Version}, which is newer than this program ({programVersion}): it went through " +
            $"{string.Join(", ", unknown.Select(done => done.Name))}, which this program does not know. Going back is not possible: " +
            $"run version {last.Version} or newer, or restore a backup made before the upgrade.";
    }
}
