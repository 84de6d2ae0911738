using System.Globalization;
using Npgsql;
using Postern.Kernel.Settings;
using Postern.Storage.Embedded;

namespace Postern.Storage.Checks;

/// <summary>Version and settings of the database server.</summary>
sealed class DatabaseCheck(PosternDb db, NpgsqlDataSource source, HostSettings settings) : ICheck
{
    const string Statement = """
        SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'), current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on',
               current_setting('synchronous_commit') <> 'off', current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
               getdatabaseencoding(), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), pg_is_in_recovery()
        """;

    public string Name => "database";

    public bool NeedsSchema => false;

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        await using var row = await db.ReadAsync(Statement, cancellation);
        await row.ReadAsync(cancellation);
        if (row.GetInt32(0) < PostgresBinaries.OldestMajor)
            findings.Add(Finding.Error($"The database is PostgreSQL {row.GetString(1)}.", string.Create(CultureInfo.InvariantCulture, $"Upgrade it to {PostgresBinaries.OldestMajor} or newer.")));
        if (!row.GetBoolean(2))
            findings.Add(Finding.Error("The database does not protect its files from a power cut (fsync or full_page_writes is off).", "Switch both on in postgresql.conf."));
        if (!row.GetBoolean(3))
            findings.Add(Finding.Warning("The database may forget the last moments before a crash (synchronous_commit is off).", "Switch it on in postgresql.conf: an invitation that was used up could be used again."));
        if (!string.Equals(row.GetString(5), "UTF8", StringComparison.Ordinal))
            findings.Add(Finding.Error($"The database's encoding is {row.GetString(5)}.", "Make a database with ENCODING 'UTF8' and move there."));
        if (row.GetBoolean(7))
            findings.Add(Finding.Error("The database is a replica, to which nothing can be written.", "Name the primary server in POSTGRESQL__HOST."));
        findings.AddRange(Shared(row.GetInt32(4), row.GetBoolean(6)));
        return findings.Count > 0 ? findings : [Finding.Good($"PostgreSQL {row.GetString(1)} answers and keeps what is written.")];
    }

    // The built-in one is this program's own, and set up by it.
    IEnumerable<Finding> Shared(int connections, bool superuser)
    {
        if (settings.Postgres is null)
            yield break;
        if (superuser)
            yield return Finding.Warning("The database is used as a superuser.", "Use a role that owns this database and nothing else; see docs/security.md.");
        var most = new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize;
        if (connections < most)
        {
            yield return Finding.Warning(
                string.Create(CultureInfo.InvariantCulture, $"The database lets {connections} connections in, and this program may want {most}."), "Raise max_connections, or put PgBouncer between; count every node.");
        }
    }
}
