using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Storage.Embedded;

/// <summary>A private PostgreSQL of this server's own: no TCP, one socket, started and stopped with it.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    internal const string UserName = "postern";
    const string databaseName = "postern";

    readonly DataFolderLock folderLock;
    readonly Supervisor supervisor;

    EmbeddedPostgres(DataFolderLock folderLock, Supervisor supervisor, string socketDirectory)
    {
        this.folderLock = folderLock;
        this.supervisor = supervisor;
        ConnectionString = Connection(socketDirectory, databaseName);
    }

    /// <summary>Connects to the product's database as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Completes when the database process ends, also when nobody asked it to.</summary>
    public Task Ended => supervisor.Ended;

    /// <summary>
    /// Starts the cluster in <c>DataRoot/postgres</c>, creating it when absent, and returns once it answers. Works as an ordinary user and
    /// as root; a folder in use by another live server is refused.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">It cannot start; the message says why and what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var dataRoot = Path.GetFullPath(options.DataRoot);
        var cluster = Path.Combine(dataRoot, "postgres");
        var user = DatabaseUser.Choose();
        var binaries = await FindBinaries.ExecuteAsync(options.BinariesDirectory, ClusterFolder.ReadMajor(cluster), cancellationToken);
        if (user is not null)
            binaries = await ReachableBinaries.ForAsync(binaries, user, cancellationToken);

        PrivateFolder(dataRoot);
        var taken = DataFolderLock.Take(dataRoot);
        try
        {
            await LeftoverServer.ClearAsync(cluster, clock, cancellationToken);
            await ClusterFolder.PrepareAsync(cluster, binaries, user, options.Durable, cancellationToken);
            var socketDirectory = await SocketFolder.CreateAsync(user, cancellationToken);
            var logFile = ServerLog.Open(dataRoot);
            var starting = Supervisor.Start(
                [
                    .. user?.Become() ?? [], binaries.Server, "-D", ClusterFolder.PathFor(user, cluster),
                    .. ServerSettings.AsArguments(options, binaries.MajorVersion, socketDirectory),
                ],
                cluster, socketDirectory, logFile);
            try
            {
                await FirstConnection.OpenAsync(Connection(socketDirectory, "postgres"), databaseName, starting, logFile, clock, cancellationToken);
            }
            catch
            {
                await starting.DisposeAsync();
                throw;
            }

            logger.DatabaseStarted(binaries.MajorVersion, cluster, clock.GetElapsedTime(started).TotalMilliseconds);
            return new EmbeddedPostgres(taken, starting, socketDirectory);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Whether a cluster was ever made in this data folder.</summary>
    public static bool Exists(string dataRoot) => ClusterFolder.ReadMajor(Path.Combine(Path.GetFullPath(dataRoot), "postgres")) is not null;

    /// <summary>Connects to the database of a data folder while its server runs; null when none does.</summary>
    public static string? FindRunning(string dataRoot)
    {
        var cluster = Path.Combine(Path.GetFullPath(dataRoot), "postgres");
        var lockFile = Path.Combine(cluster, "postmaster.pid");
        if (LeftoverServer.ReadProcessId(lockFile) is not { } processId || !LeftoverServer.RunsIn(processId, cluster))
            return null;
        return File.ReadLines(lockFile).ElementAtOrDefault(4) is { Length: > 0 } sockets ? Connection(sockets, databaseName) : null;
    }

    /// <summary>Stops the database and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await supervisor.DisposeAsync();
        folderLock.Dispose();
    }

    static void PrivateFolder(string dataRoot)
    {
        if (!System.IO.Directory.Exists(dataRoot))
            System.IO.Directory.CreateDirectory(dataRoot, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static string Connection(string socketDirectory, string database) =>
        new NpgsqlConnectionStringBuilder { Host = socketDirectory, Username = UserName, Database = database }.ConnectionString;
}
