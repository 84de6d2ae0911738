using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Jobs.Looking;

/// <summary>Shows the jobs that repeat: how often, when next, and whether they are held back.</summary>
public sealed class ListSchedules(PosternDb db, IAccess access, IEnumerable<JobRegistration> registrations, TimeProvider clock)
{
    /// <summary>All of them by name; there are as many as the product has kinds of such work. Faults: forbidden.</summary>
    public async Task<Result<IReadOnlyList<ScheduleView>>> ExecuteAsync(Caller caller, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, JobPermissions.ViewSchedule, key: null, cancellation) is { } refusal)
            return refusal;
        var repeating = registrations.Where(r => r.Every is not null).ToDictionary(r => r.Kind, r => r.Every!.Value, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        var jobs = await db.Set<Job>().AsNoTracking().Where(j => j.Key != null && j.Key == j.Kind).OrderBy(j => j.Kind).ToListAsync(cancellation);
        return Result<IReadOnlyList<ScheduleView>>.Of(
            [.. jobs.Where(j => repeating.ContainsKey(j.Kind)).Select(j => new ScheduleView(JobView.Of(j, now), repeating[j.Kind], j.Paused))]);
    }
}

/// <summary>A job that repeats, as people see it.</summary>
/// <param name="Every">The time from one turn's end to the next.</param>
/// <param name="Paused">Held back until somebody resumes it.</param>
public sealed record ScheduleView(JobView Job, TimeSpan Every, bool Paused)
{
    /// <summary>The times of its turns as a crontab writes them.</summary>
    public string Crontab => Every switch
    {
        { TotalMinutes: < 60 } => $"*/{Every.Minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)} * * * *",
        { TotalHours: 1 } => "0 * * * *",
        { TotalHours: < 24 } => $"0 */{Every.Hours.ToString(System.Globalization.CultureInfo.InvariantCulture)} * * *",
        _ => "0 0 * * *",
    };
}
