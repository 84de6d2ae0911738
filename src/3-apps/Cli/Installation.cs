using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Storage.Backups;
using Postern.Storage.Embedded;
using Postern.Storage.Migrations;
using Postern.Storage.Opening;

namespace Postern.Cli;

/// <summary>The installation of this machine, as the environment describes it.</summary>
/// <param name="Read">Reads the settings of this process.</param>
/// <param name="Explain">Puts into words what is wrong with them.</param>
/// <param name="Migrations">Everything that carries migrations.</param>
/// <param name="Declarations">What the slices declare, without a database.</param>
/// <param name="Build">Puts the product together on a database.</param>
/// <param name="Clock">The time.</param>
public sealed record Installation(
    Func<Result<PosternSettings>> Read, Func<Fault, string> Explain, IEnumerable<Assembly> Migrations, Func<IServiceProvider> Declarations,
    Func<PosternSettings, DatabasePools, WebApplication> Build, TimeProvider Clock)
{
    /// <summary>Does work that needs the settings. Answers the exit code: 1 where it cannot be done, 2 where the settings are wrong.</summary>
    public async Task<int> RunAsync(Func<PosternSettings, Task<int>> work, CancellationToken cancellation)
    {
        if (!Read().Succeeded(out var settings, out var fault))
        {
            await Console.Error.WriteLineAsync(Explain(fault));
            return 2;
        }
        try
        {
            return await work(settings);
        }
        catch (Exception e) when (e is BackupRefused or MigrationException or EmbeddedPostgresException or NpgsqlException or IOException or UnauthorizedAccessException && !cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(e is NpgsqlException ? $"The database cannot be used: {e.Message}" : e.Message);
            return 1;
        }
    }

    /// <summary>Does work with the product's own services, beside its server if that runs. A schema of another version is refused.</summary>
    public Task<int> InsideAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellation) => RunAsync(
        async settings =>
        {
            await using var database = await OpenBesideAsync(settings, cancellation);
            if (await MigrationRunner.PendingAsync(database.Pools.Requests, FindMigrations.In(Migrations), cancellation) is { Count: > 0 } pending)
                throw new MigrationException($"The database is older than this program: {pending[0]} is still to be applied. Start the server once, or use the program of the server.");
            await using var app = Build(settings, database.Pools);
            await using var scope = app.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        },
        cancellation);

    /// <summary>Opens the database as it is, beside its server if that runs. None is made.</summary>
    public Task<PosternDatabase> OpenBesideAsync(PosternSettings settings, CancellationToken cancellation) => PosternDatabase.OpenBesideAsync(settings, Clock, NullLoggerFactory.Instance, cancellation);

    /// <summary>Opens a database of which the server does not run; the built-in one is made where it is missing.</summary>
    public Task<PosternDatabase> OpenAsync(PosternSettings settings, CancellationToken cancellation) => PosternDatabase.OpenAsync(settings, Clock, NullLoggerFactory.Instance, cancellation);
}
