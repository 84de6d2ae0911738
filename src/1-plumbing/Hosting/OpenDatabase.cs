using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Postern.Kernel.Settings;
using Postern.Storage.Embedded;
using Postern.Storage.Migrations;
using Postern.Storage.Opening;

namespace Postern.Hosting;

/// <summary>Opens the database of this process and brings its schema to this version.</summary>
public static class OpenDatabase
{
    /// <exception cref="StartRefused">The database cannot be reached, started or migrated.</exception>
    public static Task<PosternDatabase> ExecuteAsync(
        HostSettings settings, IEnumerable<Assembly> migrations, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation) =>
        OpenAsync(PosternDatabase.OpenAsync, settings, migrations, clock, logs, cancellation);

    /// <summary>As <see cref="ExecuteAsync"/>, for a process beside the server, which may be running.</summary>
    /// <exception cref="StartRefused">The database cannot be reached, started or migrated.</exception>
    public static Task<PosternDatabase> JoinAsync(
        HostSettings settings, IEnumerable<Assembly> migrations, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation) =>
        OpenAsync(PosternDatabase.JoinAsync, settings, migrations, clock, logs, cancellation);

    static async Task<PosternDatabase> OpenAsync(
        Func<HostSettings, TimeProvider, ILoggerFactory, CancellationToken, Task<PosternDatabase>> open,
        HostSettings settings, IEnumerable<Assembly> migrations, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        PosternDatabase? database = null;
        try
        {
            database = await open(settings, clock, logs, cancellation);
            await MigrateAsync(database.Pools.Requests, migrations, clock, logs, cancellation);
            return database;
        }
        catch (Exception e) when (e is EmbeddedPostgresException or MigrationException or NpgsqlException)
        {
            if (database is not null)
                await database.DisposeAsync();
            throw new StartRefused(e is NpgsqlException ? $"The database cannot be used: {e.Message}" : e.Message, e);
        }
    }

    public static Task MigrateAsync(NpgsqlDataSource source, IEnumerable<Assembly> migrations, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation) =>
        new MigrationRunner(source, FindMigrations.In(migrations), clock, logs.CreateLogger<MigrationRunner>()).ExecuteAsync(cancellation);
}
