using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Postern.Jobs;

/// <summary>Claims due jobs one at a time and runs them; any number of runners may share one database.</summary>
public sealed partial class JobRunner(NpgsqlDataSource database, IEnumerable<JobRegistration> registrations, IServiceScopeFactory scopes, IEnumerable<IJobListener> listeners, TimeProvider clock, ILogger<JobRunner> log)
{
    /// <summary>How long a claim lasts; a longer job keeps renewing it.</summary>
    static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    const int MaxAttempts = 12;

    readonly Dictionary<string, JobRegistration> handlers = registrations.ToDictionary(r => r.Kind, StringComparer.Ordinal);

    /// <summary>Runs everything that is due and answers how many jobs ran.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var (ran, before) = (0, -1);
        while (ran > before)
        {
            before = ran;
            foreach (var line in Enum.GetValues<JobLine>())
                ran += await RunDueAsync(line, cancellation);
        }
        return ran;
    }

    /// <summary>Runs what is due of one line, so many jobs at once.</summary>
    public async Task<int> RunDueAsync(JobLine line, CancellationToken cancellation, int atOnce = 1)
    {
        var kinds = Kinds(line);
        var ran = 0;
        List<Task> running = [];
        try
        {
            while (true)
            {
                while (running.Count < atOnce && await ClaimAsync(kinds, cancellation) is { } job)
                {
                    running.Add(RunAsync(job, cancellation));
                    ran++;
                }
                if (running.Count == 0)
                    return ran;
                running.Remove(await Task.WhenAny(running));
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    /// <summary>Whether jobs of a kind belong to a line.</summary>
    public bool IsOf(JobLine line, string kind) => handlers.TryGetValue(kind, out var handler) && handler.Line == line;

    /// <summary>When the next job of a line is due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(JobLine line, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "SELECT min(greatest(run_at, coalesce(claimed_until, run_at))) FROM job WHERE failed_at IS NULL AND NOT paused AND kind = ANY($1)");
        command.Parameters.Add(new() { Value = Kinds(line) });
        return await command.ExecuteScalarAsync(cancellation) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Makes sure that each schedule has its one job.</summary>
    public async Task PlantSchedulesAsync(CancellationToken cancellation)
    {
        foreach (var schedule in handlers.Values.Where(r => r.Every is not null))
        {
            await using var command = database.CreateCommand(
                "INSERT INTO job (kind, payload, key, created_at, run_at, attempts, last_error) VALUES ($1, '{}', $1, $2, $2, 0, '') ON CONFLICT (key) DO NOTHING");
            command.Parameters.Add(new() { Value = schedule.Kind });
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    string[] Kinds(JobLine line) => [.. handlers.Values.Where(r => r.Line == line).Select(r => r.Kind)];

    async Task<Claimed?> ClaimAsync(string[] kinds, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job SET claimed_until = $2, attempts = attempts + 1
            WHERE id = (SELECT id FROM job
                        WHERE failed_at IS NULL AND NOT paused AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1) AND kind = ANY($3)
                        ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, payload, attempts
            """);
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + Claim });
        command.Parameters.Add(new() { Value = kinds });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new Claimed(row.GetInt64(0), row.GetString(1), JsonNode.Parse(row.GetString(2))!.AsObject(), row.GetInt32(3))
            : null;
    }

    async Task RunAsync(Claimed job, CancellationToken cancellation)
    {
        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var renewal = RenewAsync(job.Id, renewing.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var handler = (IJobHandler)scope.ServiceProvider.GetRequiredService(handlers[job.Kind].Handler);
            await handler.ExecuteAsync(job.Payload, cancellation);
            await FinishAsync(job);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await SetAsync("claimed_until = NULL, attempts = attempts - 1", job.Id);
            throw;
        }
        catch (RunLater later)
        {
            await SetAsync("claimed_until = NULL, attempts = attempts - 1, run_at = $2, last_error = $3", job.Id, later.At, later.Message);
        }
        catch (Exception e)
        {
            Failed(e, job.Kind, job.Id, job.Attempts);
            await FailAsync(job, e);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    async Task RenewAsync(long id, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Claim / 3, clock, cancellation);
                await SetAsync("claimed_until = $2", id, clock.GetUtcNow() + Claim);
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    Task FinishAsync(Claimed job) => handlers[job.Kind].Every is { } every
        ? SetAsync("claimed_until = NULL, attempts = 0, last_error = '', run_at = $2", job.Id, clock.GetUtcNow() + every)
        : ExecuteAsync("DELETE FROM job WHERE id = $1", job.Id);

    async Task FailAsync(Claimed job, Exception error)
    {
        var giveUp = job.Attempts >= MaxAttempts && handlers[job.Kind].Every is null;
        var wait = TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, job.Attempts)));
        if (giveUp)
            await SetAsync("claimed_until = NULL, failed_at = $2, last_error = $3", job.Id, clock.GetUtcNow(), error.Message);
        else
            await SetAsync("claimed_until = NULL, run_at = $2, last_error = $3", job.Id, clock.GetUtcNow() + wait, error.Message);
        if (!giveUp && job.Attempts > 1)
            return;
        foreach (var listener in listeners)
            await listener.FailedAsync(job.Kind, error, giveUp);
    }

    Task SetAsync(string assignments, params object[] parameters) => ExecuteAsync($"UPDATE job SET {assignments} WHERE id = $1", parameters);

    async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        // The outcome of a job is recorded even while the worker is told to stop.
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    sealed record Claimed(long Id, string Kind, JsonObject Payload, int Attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Kind} {Id} failed, attempt {Attempt}")]
    partial void Failed(Exception error, string kind, long id, int attempt);
}
