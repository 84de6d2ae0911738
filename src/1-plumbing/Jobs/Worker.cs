using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Jobs;

/// <summary>Runs jobs as they become due: woken by the database when one is added, else at the time of the next.</summary>
sealed partial class Worker(NpgsqlDataSource database, JobRunner runner, TimeProvider clock, ILogger<Worker> log) : BackgroundService
{
    /// <summary>Longest sleep; covers clocks of several nodes that differ and lost notifications.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(LineAsync(isLong: false, stoppingToken), LineAsync(isLong: true, stoppingToken));

    async Task LineAsync(bool isLong, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(isLong, stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException && !stoppingToken.IsCancellationRequested)
            {
                Lost(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task WorkAsync(bool isLong, CancellationToken cancellation)
    {
        if (!isLong)
            await runner.PlantSchedulesAsync(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand("LISTEN postern_job", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            await runner.RunDueAsync(isLong, cancellation);
            var next = await runner.NextAsync(isLong, cancellation);
            var wait = next is { } at ? TimeSpan.FromTicks(Math.Clamp((at - clock.GetUtcNow()).Ticks, 0, Longest.Ticks)) : Longest;
            await connection.WaitAsync(wait + TimeSpan.FromMilliseconds(1), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Database lost, working again in a second: {Reason}")]
    partial void Lost(string reason);
}
