using System.Net.Sockets;
using Npgsql;

namespace Postern.Storage.Embedded;

/// <summary>Waits until a starting database answers and makes sure the product's database exists in it.</summary>
internal static class FirstConnection
{
    // Crash recovery after a power cut may replay much of the write-ahead log.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task OpenAsync(
        string connectionString, string databaseName, Supervisor supervisor, string logFile, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        while (true)
        {
            if (supervisor.HasEnded)
                throw new EmbeddedPostgresException($"PostgreSQL ended while starting. The end of {logFile}:\n{ServerLog.Tail(logFile)}");
            try
            {
                await EnsureDatabaseAsync(unpooled, databaseName, cancellationToken);
                return;
            }
            catch (NpgsqlException error) when (IsStarting(error) && clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancellationToken);
            }
        }
    }

    static async Task EnsureDatabaseAsync(string connectionString, string databaseName, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var asks = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = databaseName } } };
        if (await asks.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var creates = new NpgsqlCommand($"CREATE DATABASE \"{databaseName}\"", connection);
        await creates.ExecuteNonQueryAsync(cancellationToken);
    }

    // No socket yet, nobody listening yet, or "the database system is starting up".
    static bool IsStarting(NpgsqlException error) =>
        error.InnerException is SocketException || error is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow };
}
