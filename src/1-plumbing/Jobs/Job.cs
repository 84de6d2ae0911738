using System.Text.Json.Nodes;

namespace Postern.Jobs;

/// <summary>A piece of work waiting in the database; it was put there in the transaction of the change that asked for it.</summary>
public sealed class Job
{
    public long Id { get; set; }

    /// <summary>Name of the handler.</summary>
    public string Kind { get; set; } = "";

    public JsonObject Payload { get; set; } = [];

    /// <summary>At most one unfinished job may carry a key; schedules use their kind.</summary>
    public string? Key { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset RunAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>While in the future, a worker has it in hand; past, that worker is gone and the job is free again.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    public string LastError { get; set; } = "";

    /// <summary>Given up after the last attempt; kept to be looked at.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Held back by an administrator.</summary>
    public bool Paused { get; set; }
}
