using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postern.Kernel.Settings;
using Postern.Storage.Embedded;

namespace Postern.Storage.Opening;

/// <summary>The process's database: the server the settings name, or the built-in one, which then lives as long as this object.</summary>
public sealed class PosternDatabase : IAsyncDisposable
{
    readonly EmbeddedPostgres? embedded;

    PosternDatabase(DatabasePools pools, EmbeddedPostgres? embedded) => (Pools, this.embedded) = (pools, embedded);

    /// <summary>Hands out connections.</summary>
    public DatabasePools Pools { get; }

    /// <summary>Completes when the built-in database process ends, asked or not; never for a server of somebody else's.</summary>
    public Task Ended => embedded?.Ended ?? Task.Delay(Timeout.Infinite);

    /// <summary>
    /// Opens the database before the host is built, and is disposed after the host has stopped, so that the last request still has it. A
    /// server that is named but not reachable is noticed at the first connection.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">The built-in database cannot start; the message says why and what to do.</exception>
    public static async Task<PosternDatabase> OpenAsync(
        HostSettings settings, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var started = settings.Postgres is null
            ? await EmbeddedPostgres.StartAsync(
                new EmbeddedPostgresOptions { DataRoot = settings.DataRoot, BinariesDirectory = settings.PostgresBinaries },
                clock, loggers.CreateLogger<EmbeddedPostgres>(), cancellationToken)
            : null;
        var connection = started?.ConnectionString ?? ConnectionText.Of(settings.Postgres!);
        return new PosternDatabase(DatabasePools.Connect(connection, loggers), started);
    }

    /// <summary>As <see cref="OpenAsync"/>, for a process beside the server: where that runs on a built-in database, on the same.</summary>
    public static async Task<PosternDatabase> JoinAsync(HostSettings settings, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        settings.Postgres is null && EmbeddedPostgres.FindRunning(settings.DataRoot) is { } running
            ? new PosternDatabase(DatabasePools.Connect(running, loggers), embedded: null)
            : await OpenAsync(settings, clock, loggers, cancellationToken);

    /// <summary>As <see cref="JoinAsync"/>, where there is an installation already: none is made.</summary>
    /// <exception cref="EmbeddedPostgresException">There is no built-in database in the data folder, or it cannot start.</exception>
    public static Task<PosternDatabase> OpenBesideAsync(HostSettings settings, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        settings.Postgres is null && !EmbeddedPostgres.Exists(settings.DataRoot)
            ? throw new EmbeddedPostgresException($"There is no installation in {Path.GetFullPath(settings.DataRoot)}. Name its data folder with the setting DATA, or its database with POSTGRESQL__HOST.")
            : JoinAsync(settings, clock, loggers, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Pools.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }
}

/// <summary>Makes an opened database the one the container hands out.</summary>
public static class DatabaseRegistration
{
    /// <summary>The container does not own it: whoever opened it disposes it, after the host.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabasePools pools) =>
        services.AddSingleton(pools).AddSingleton(pools.Requests);
}
