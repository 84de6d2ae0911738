using System.Text.Json.Nodes;
using Postern.Storage;

namespace Postern.Jobs;

/// <summary>Puts work in the queue as part of the caller's own change.</summary>
public sealed class JobQueue(PosternDb db, TimeProvider clock)
{
    /// <summary>Adds the job to the context; it exists once the caller saves, and not otherwise.</summary>
    /// <param name="kind">Name of the handler.</param>
    /// <param name="payload">What it is given to work with.</param>
    /// <param name="runAt">When; null for at once.</param>
    /// <param name="key">At most one unfinished job may carry it.</param>
    public void Add(string kind, JsonObject payload, DateTimeOffset? runAt = null, string? key = null)
    {
        var now = clock.GetUtcNow();
        db.Add(new Job { Kind = kind, Payload = payload, Key = key, CreatedAt = now, RunAt = runAt ?? now });
    }

    /// <summary>Makes sure that the job of this key runs now, if none has it in hand: one that waits is moved forward, a missing one added.</summary>
    public async Task HastenAsync(string kind, JsonObject payload, string key, CancellationToken cancellation)
    {
        const string statement = """
            WITH hastened AS (
                INSERT INTO job (kind, payload, key, created_at, run_at, attempts, last_error) VALUES ($1, $2::jsonb, $3, $4, $4, 0, '')
                ON CONFLICT (key) DO UPDATE SET run_at = $4, attempts = 0, failed_at = NULL
                RETURNING kind)
            SELECT pg_notify('postern_job', kind) FROM hastened
            """;
        await db.ExecuteAsync(statement, cancellation, kind, payload.ToJsonString(), key, clock.GetUtcNow());
    }
}
