using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Jobs.Looking;

/// <summary>Shows the queue to people. What a job was given to work with is not shown: it may hold secrets.</summary>
public sealed class ListJobs(PosternDb db, IAccess access, TimeProvider clock)
{
    /// <summary>A page of the jobs that stand like this (null for all), those that failed first. Faults: forbidden.</summary>
    public async Task<Result<JobPage>> ExecuteAsync(Caller caller, JobStanding? standing, string? kind, int skip, int take, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, JobPermissions.View, key: null, cancellation) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        var jobs = db.Set<Job>().AsNoTracking();
        if (!string.IsNullOrEmpty(kind))
            jobs = jobs.Where(j => j.Kind == kind);
        jobs = standing switch
        {
            JobStanding.Failed => jobs.Where(j => j.FailedAt != null),
            JobStanding.Running => jobs.Where(j => j.FailedAt == null && j.ClaimedUntil > now),
            JobStanding.Retrying => jobs.Where(j => j.FailedAt == null && j.LastError != "" && (j.ClaimedUntil == null || j.ClaimedUntil <= now)),
            JobStanding.Waiting => jobs.Where(j => j.FailedAt == null && j.LastError == "" && (j.ClaimedUntil == null || j.ClaimedUntil <= now)),
            _ => jobs,
        };
        var count = await jobs.CountAsync(cancellation);
        var page = await jobs.OrderByDescending(j => j.FailedAt != null).ThenBy(j => j.RunAt).ThenBy(j => j.Id).Skip(skip).Take(take).ToListAsync(cancellation);
        return new JobPage([.. page.Select(j => JobView.Of(j, now))], count);
    }

    /// <summary>One job. Faults: forbidden, not found.</summary>
    public async Task<Result<JobView>> FindAsync(Caller caller, Guid pk, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, JobPermissions.View, key: null, cancellation) is { } refusal)
            return refusal;
        var found = JobView.IdOf(pk) is { } id ? await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id, cancellation) : null;
        return found is null ? new Fault.NotFound("Task") : JobView.Of(found, clock.GetUtcNow());
    }
}

/// <summary>Some jobs, and how many there are.</summary>
public sealed record JobPage(IReadOnlyList<JobView> Jobs, int Count);

/// <summary>Where a job stands.</summary>
public enum JobStanding
{
    Waiting,
    Running,
    Retrying,
    Failed,
}

/// <summary>A job as people see it.</summary>
/// <param name="Pk">Its number as clients know it, a uuid.</param>
/// <param name="Repeats">It is the one job of a schedule.</param>
public sealed record JobView(Guid Pk, string Kind, JobStanding Standing, DateTimeOffset CreatedAt, DateTimeOffset RunAt, int Attempts, string LastError, DateTimeOffset? FailedAt, bool Repeats)
{
    internal static JobView Of(Job job, DateTimeOffset now) => new(
        PkOf(job.Id), job.Kind, StandingOf(job, now), job.CreatedAt, job.RunAt, job.Attempts, job.LastError, job.FailedAt, string.Equals(job.Key, job.Kind, StringComparison.Ordinal));

    /// <summary>The number, written as a uuid with nothing else in it.</summary>
    public static Guid PkOf(long id)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id);
        return new Guid(bytes, bigEndian: true);
    }

    internal static long? IdOf(Guid pk)
    {
        Span<byte> bytes = stackalloc byte[16];
        pk.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[..8].ContainsAnyExcept((byte)0) ? null : System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }

    static JobStanding StandingOf(Job job, DateTimeOffset now) =>
        job.FailedAt is not null ? JobStanding.Failed
        : job.ClaimedUntil > now ? JobStanding.Running
        : job.LastError.Length > 0 ? JobStanding.Retrying
        : JobStanding.Waiting;
}
