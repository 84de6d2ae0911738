using Postern.Storage;

namespace Postern.Jobs.Looking;

/// <summary>How the queue is doing, with one statement.</summary>
public sealed class CountJobs(PosternDb db, TimeProvider clock)
{
    const string Statement = """
        SELECT count(*) FILTER (WHERE failed_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1) AND run_at > $1),
               count(*) FILTER (WHERE failed_at IS NULL AND NOT paused AND (claimed_until IS NULL OR claimed_until <= $1) AND run_at <= $1),
               count(*) FILTER (WHERE failed_at IS NULL AND claimed_until > $1),
               count(*) FILTER (WHERE failed_at IS NULL AND last_error <> ''),
               count(*) FILTER (WHERE failed_at IS NOT NULL),
               min(run_at) FILTER (WHERE failed_at IS NULL AND NOT paused AND (claimed_until IS NULL OR claimed_until <= $1) AND run_at <= $1)
        FROM job
        """;

    public async Task<JobCounts> ExecuteAsync(CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(Statement, cancellation, clock.GetUtcNow());
        await row.ReadAsync(cancellation);
        return new JobCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5));
    }
}

/// <summary>Jobs by where they stand.</summary>
/// <param name="Planned">Wait for their time.</param>
/// <param name="Due">Wait for a worker.</param>
/// <param name="Running">A worker has them in hand.</param>
/// <param name="Retrying">Failed, and will be tried again.</param>
/// <param name="Failed">Given up.</param>
/// <param name="WaitingSince">Since when the first due one waits; null where none does.</param>
public sealed record JobCounts(long Planned, long Due, long Running, long Retrying, long Failed, DateTimeOffset? WaitingSince);
