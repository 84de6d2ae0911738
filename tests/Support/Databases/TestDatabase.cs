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

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
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
