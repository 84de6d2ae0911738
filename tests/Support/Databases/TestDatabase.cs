using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Opening;

namespace Postern.Tests.Support.Databases;

/// <summary>A database of a test's own; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly TestCluster cluster;
    readonly bool isAnothers;

    internal TestDatabase(TestCluster cluster, string name, string connectionString, bool isAnothers = false)
    {
        (this.cluster, this.isAnothers) = (cluster, isAnothers);
        Name = name;
        ConnectionString = connectionString;
        Pools = DatabasePools.Connect(connectionString, NullLoggerFactory.Instance);
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public DatabasePools Pools { get; }

    public NpgsqlDataSource Source => Pools.Requests;

    /// <summary>Told of each watched table that <see cref="ExecuteAsync"/> changed, before it returns: a server hears of it by itself too, but only some time later.</summary>
    public Action<string>? Changed { get; set; }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Source.OpenConnectionAsync();
        connection.Notification += Tell;
        try
        {
            await RunAsync("LISTEN postern_changed");
            await RunAsync(sql);
        }
        finally
        {
            // The connection is the pool's, and somebody else's next.
            await RunAsync("UNLISTEN postern_changed");
            connection.Notification -= Tell;
        }

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }

        void Tell(object _, NpgsqlNotificationEventArgs notified) => Changed?.Invoke(notified.Payload);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>The same database with the rights of another role; the first one drops it.</summary>
    public TestDatabase As(string role) => new(cluster, Name, $"{ConnectionString};Options=-c role={role}", isAnothers: true);

    public async ValueTask DisposeAsync()
    {
        await Pools.DisposeAsync();
        if (!isAnothers)
            await cluster.DropAsync(Name);
    }
}
