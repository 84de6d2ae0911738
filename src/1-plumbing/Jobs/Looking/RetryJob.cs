using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Jobs.Looking;

/// <summary>Has a job that failed run now, with all its attempts before it. A job that runs or waits without a failure is left alone.</summary>
public sealed class RetryJob(PosternDb db, IAccess access, TimeProvider clock)
{
    /// <summary>Faults: forbidden, not found, invalid where it has not failed.</summary>
    public async Task<Result<Unit>> ExecuteAsync(Caller caller, Guid pk, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, JobPermissions.Retry, key: null, cancellation) is { } refusal)
            return refusal;
        if (JobView.IdOf(pk) is not { } id || await db.ScalarAsync<long>("SELECT id FROM job WHERE id = $1", cancellation, id) != id)
            return new Fault.NotFound("Task");
        var changed = await db.ExecuteAsync(
            """
            UPDATE job SET failed_at = NULL, attempts = 0, run_at = $2
            WHERE id = $1 AND (failed_at IS NOT NULL OR last_error <> '') AND (claimed_until IS NULL OR claimed_until <= $2)
            """, cancellation, id, clock.GetUtcNow());
        if (changed == 0)
            return Fault.Input("Task is not in a retryable state");
        // Wakes the workers, as an added job does.
        await db.ExecuteAsync("NOTIFY postern_job", cancellation);
        return Unit.Value;
    }
}
