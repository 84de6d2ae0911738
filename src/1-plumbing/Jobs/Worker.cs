using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Jobs;

/// <summary>Runs jobs as they become due: woken by the database when one is added, else at the time of the next.</summary>
sealed partial class Worker(NpgsqlDataSource database, JobRunner runner, TimeProvider clock, ILogger<Worker> log) : BackgroundService
{
    /// <summary>Longest sleep; covers clocks of several nodes that differ and lost notifications.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How many outward jobs run at once.</summary>
    const int Outward = 4;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enum.GetValues<JobLine>().Select(line => LineAsync(line, stoppingToken)));

    async Task LineAsync(JobLine line, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WorkAsync(line, stoppingToken);
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

    async Task WorkAsync(JobLine line, CancellationToken cancellation)
    {
        if (line is JobLine.Usual)
            await runner.PlantSchedulesAsync(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand("LISTEN postern_job", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        if (line is JobLine.Usual)
        {
            await using var name = new NpgsqlCommand("SELECT set_config('application_name', $1, false)", connection) { Parameters = { new() { Value = Looking.WorkerView.OwnName } } };
            await name.ExecuteNonQueryAsync(cancellation);
        }
        var woken = false;
        // Whoever changes jobs by hand names no kind.
        connection.Notification += (_, e) => woken |= e.Payload.Length == 0 || runner.IsOf(line, e.Payload);
        while (true)
        {
            woken = false;
            await runner.RunDueAsync(line, cancellation, line is JobLine.Outward ? Outward : 1);
            var next = await runner.NextAsync(line, cancellation);
            var until = clock.GetUtcNow() + Longest;
            if (next < until)
                until = next.Value;
            while (!woken && until - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
                await connection.WaitAsync(left + TimeSpan.FromMilliseconds(1), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Database lost, working again in a second: {Reason}")]
    partial void Lost(string reason);
}
