using Postern.Kernel.Figures;

namespace Postern.Jobs.Looking;

/// <summary>Tells how the queue is doing.</summary>
sealed class JobFigures(CountJobs count, TimeProvider clock) : IFigures
{
    public async Task WriteAsync(FigureText to, CancellationToken cancellation)
    {
        var jobs = await count.ExecuteAsync(cancellation);
        to.Gauge(
            "postern_jobs", "Jobs, by where they stand; retrying ones are planned as well.",
            ("state", "planned", jobs.Planned), ("state", "due", jobs.Due), ("state", "running", jobs.Running), ("state", "retrying", jobs.Retrying), ("state", "failed", jobs.Failed));
        to.Gauge("postern_jobs_waiting_seconds", "How long the first due job waits.", jobs.WaitingSince is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0);
    }
}
