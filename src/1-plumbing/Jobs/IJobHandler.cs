using System.Text.Json.Nodes;

namespace Postern.Jobs;

/// <summary>Does one kind of work. It may run twice for one job (a worker can die after the work and before the record of it), so it must be safe to repeat.</summary>
public interface IJobHandler
{
    Task ExecuteAsync(JsonObject payload, CancellationToken cancellation);
}

/// <summary>A handler under its name, with its schedule where it repeats.</summary>
public sealed record JobRegistration(string Kind, Type Handler, TimeSpan? Every, JobLine Line = JobLine.Usual);

/// <summary>Jobs of one line wait for each other, those of another line do not.</summary>
public enum JobLine
{
    /// <summary>Short work on the database.</summary>
    Usual,

    /// <summary>Talks to servers of others, which may be slow; several at once.</summary>
    Outward,

    /// <summary>Takes minutes.</summary>
    Long,
}

/// <summary>Ends a run of a job that is to be tried again at a time of the handler's choosing; no attempt is counted and no error logged, so the handler says itself how things stand.</summary>
public sealed class RunLater(DateTimeOffset at, string reason) : Exception(reason)
{
    public DateTimeOffset At => at;
}
