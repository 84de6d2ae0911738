using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Postern.Storage.Kinds;
using Postern.Storage.Mapping;

namespace Postern.Storage;

/// <summary>The database of the product. Its model is made from the declared kinds and the tables that modules add.</summary>
public sealed class PosternDb(DbContextOptions<PosternDb> options, NpgsqlDataSource source, ModelShape shape, TimeProvider clock) : DbContext(options)
{
    readonly Dictionary<string, Func<CancellationToken, Task>> endings = new(StringComparer.Ordinal);
    bool mayShare;

    /// <summary>The time that queries compare with.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    internal NpgsqlDataSource Source => source;

    internal ModelShape Shape => shape;

    internal KindRegistry Kinds => shape.Kinds;

    /// <summary>Tables changed and not yet told of.</summary>
    internal HashSet<string>? Changed { get; set; }

    // Whoever wants a transaction comes by here. Before that, statements of one's own need nothing of the mapper, which costs more than many a statement.
    public override DatabaseFacade Database
    {
        get
        {
            mayShare = true;
            return base.Database;
        }
    }

    /// <summary>Runs a statement in the current transaction; parameters are <c>$1</c>, <c>$2</c>, ... Answers the number of rows.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = await CommandAsync(sql, parameters, cancellation);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
        finally
        {
            await GiveBackAsync();
        }
    }

    /// <summary>Runs a query in the current transaction; dispose the reader before anything else is asked.</summary>
    public async Task<DbDataReader> ReadAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = await CommandAsync(sql, parameters, cancellation);
        return await command.ExecuteReaderAsync(cancellation);
    }

    /// <summary>Answers the first column of the first row; null for no row or a null.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = await CommandAsync(sql, parameters, cancellation);
        try
        {
            return await command.ExecuteScalarAsync(cancellation) is T value ? value : default;
        }
        finally
        {
            await GiveBackAsync();
        }
    }

    /// <summary>Runs the work in one transaction: the current one if there is one, else a new one, committed when the work succeeds.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, Func<T, bool> succeeded, CancellationToken cancellation)
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        await using var transaction = await Database.BeginTransactionAsync(cancellation);
        var result = await work();
        if (succeeded(result))
            await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>
    /// Work that ends the current transaction: it runs once, just before the commit, however often it is asked for under its name. Nothing of it runs when the
    /// transaction is taken back.
    /// </summary>
    public void BeforeCommit(string name, Func<CancellationToken, Task> work)
    {
        if (Database.CurrentTransaction is null)
            throw new InvalidOperationException("Nothing is committed outside of a transaction.");
        endings[name] = work;
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ConfigColumn.WriteAll(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    internal async Task EndAsync(CancellationToken cancellation)
    {
        // In an order that is the same everywhere, so that two transactions never wait for each other.
        foreach (var (_, work) in endings.OrderBy(e => e.Key, StringComparer.Ordinal).ToList())
            await work(cancellation);
        endings.Clear();
    }

    internal void ForgetEndings() => endings.Clear();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Declare(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var kind in Kinds.All.OrderBy(k => k.Base is null ? 0 : 1))
            kind.Configure(modelBuilder);
        foreach (var table in shape.Tables)
            table.Configure(modelBuilder);
        JsonPath.Register(modelBuilder);
        Conventions.Apply(modelBuilder);
    }

    /// <summary>Outside of a transaction the connection goes back to the pool at once: whoever keeps one while waiting for another could starve all others.</summary>
    Task GiveBackAsync() => mayShare ? Database.CloseConnectionAsync() : Task.CompletedTask;

    async ValueTask<NpgsqlCommand> CommandAsync(string sql, object[] parameters, CancellationToken cancellation)
    {
        if (mayShare)
            await Database.OpenConnectionAsync(cancellation);
        var command = mayShare
            ? new NpgsqlCommand(sql, (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction())
            : source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }
}

/// <summary>Tables of a module that are no administrable kinds (sessions, memberships, outbox).</summary>
public interface ITables
{
    void Configure(ModelBuilder model);
}
