using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Embedded;
using Postern.Storage.Migrations;

namespace Postern.Tests.Support.Databases;

/// <summary>
/// One private PostgreSQL for all tests of this process, with a template database that carries every migration. It starts at first use
/// and ends with the process.
/// </summary>
public sealed class TestCluster
{
    const string template = "postern_template";

    static readonly Lazy<Task<TestCluster>> shared = new(StartAsync);

    readonly EmbeddedPostgres postgres;

    readonly ConcurrentDictionary<string, Lazy<Task<string>>> prepared = new(StringComparer.Ordinal);

    int count;

    TestCluster(EmbeddedPostgres postgres) => this.postgres = postgres;

    public static Task<TestCluster> SharedAsync() => shared.Value;

    /// <summary>The assemblies of the product, each with its migrations.</summary>
    public static IReadOnlyList<Assembly> ProductAssemblies { get; } =
    [
        .. System.IO.Directory.GetFiles(AppContext.BaseDirectory, "Postern.*.dll")
            .Where(file => !Path.GetFileName(file).StartsWith("Postern.Tests.", StringComparison.Ordinal))
            .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file))),
    ];

    /// <summary>A fresh database with every migration applied.</summary>
    public Task<TestDatabase> CreateAsync() => CreateAsync(template, "FILE_COPY");

    /// <summary>A fresh copy of a database that <paramref name="prepare"/> makes once for all that ask for it by this name.</summary>
    public async Task<TestDatabase> CreateAsync(string name, Func<TestCluster, Task<TestDatabase>> prepare) =>
        await CreateAsync(await prepared.GetOrAdd(name, _ => new(() => PrepareAsync(prepare))).Value, "FILE_COPY");

    /// <summary>A fresh database with nothing in it.</summary>
    public Task<TestDatabase> CreateEmptyAsync() => CreateAsync("template0", "WAL_LOG");

    internal async Task DropAsync(string name) => await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    async Task<TestDatabase> CreateAsync(string from, string strategy)
    {
        var name = $"test_{Interlocked.Increment(ref count)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {from} STRATEGY {strategy}");
        return new TestDatabase(this, name, ConnectionTo(name));
    }

    // A database with a connection cannot be copied.
    async Task<string> PrepareAsync(Func<TestCluster, Task<TestDatabase>> prepare)
    {
        var database = await prepare(this);
        await database.Pools.DisposeAsync();
        return database.Name;
    }

    static async Task<TestCluster> StartAsync()
    {
        var folder = TestFolders.Create();
        var options = new EmbeddedPostgresOptions
        {
            DataRoot = folder,
            Durable = false,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["max_connections"] = "400",
                ["shared_buffers"] = "64MB",
                ["autovacuum"] = "off",
                ["max_wal_size"] = "512MB",
            },
        };
        var started = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            started.DisposeAsync().AsTask().GetAwaiter().GetResult();
            System.IO.Directory.Delete(folder, recursive: true);
        };

        var cluster = new TestCluster(started);
        await cluster.ExecuteAsync($"CREATE DATABASE {template}");
        await cluster.MigrateAsync();
        return cluster;
    }

    // Unpooled: a template with a connection cannot be copied.
    async Task MigrateAsync()
    {
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionTo(template)) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(unpooled);
        await new MigrationRunner(source, FindMigrations.In(ProductAssemblies), TimeProvider.System, NullLogger<MigrationRunner>.Instance)
            .ExecuteAsync(CancellationToken.None);
    }

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    string ConnectionTo(string name) => new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = name }.ConnectionString;
}
