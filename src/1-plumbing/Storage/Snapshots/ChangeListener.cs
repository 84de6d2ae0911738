using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Storage.Snapshots;

/// <summary>Listens for the change notifications that triggers send, from whichever node made the change.</summary>
sealed partial class ChangeListener(NpgsqlDataSource database, SnapshotHub hub, TimeProvider clock, ILogger<ChangeListener> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException && !stoppingToken.IsCancellationRequested)
            {
                Lost(e.Message);
                hub.ChangedEverything();
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        connection.Notification += (_, e) => hub.Changed(e.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN postern_changed", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        hub.ChangedEverything();
        while (true)
            await connection.WaitAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Change notifications lost, listening again: {Reason}")]
    partial void Lost(string reason);
}
