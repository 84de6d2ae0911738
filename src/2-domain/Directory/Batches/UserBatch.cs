using System.Text.Json.Nodes;

namespace Postern.Directory.Batches;

/// <summary>Work over many users that runs in the background: an import, or one action on a selection or a query.</summary>
public sealed class UserBatch
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public int? RequestedByPk { get; set; }

    public DateTimeOffset RequestedOn { get; set; }

    public BatchAction Action { get; set; }

    /// <summary>Whom and what: <c>users</c> or <c>query</c>, <c>path</c>, <c>folder</c>, <c>group</c>; for imports <c>dry_run</c> and <c>keep_going</c>.</summary>
    public JsonObject Parameters { get; set; } = [];

    /// <summary>How many there are; null until counted.</summary>
    public int? Total { get; set; }

    public int Done { get; set; }

    public int Failed { get; set; }

    /// <summary>The first of what went wrong: lists of <c>line</c> or <c>pk</c>, <c>username</c>, <c>field</c>, <c>message</c>.</summary>
    public JsonNode? Problems { get; set; } = new JsonArray();

    /// <summary>Somebody asked it to stop.</summary>
    public bool Cancelled { get; set; }

    public DateTimeOffset? FinishedOn { get; set; }

    /// <summary>Why it could not be done at all; empty when it could.</summary>
    public string Error { get; set; } = "";

    public BatchState State => this switch
    {
        { FinishedOn: null, Total: null } => BatchState.Queued,
        { FinishedOn: null } => BatchState.Running,
        { Error.Length: > 0 } => BatchState.Failed,
        { Cancelled: true } => BatchState.Cancelled,
        _ => BatchState.Finished,
    };
}

/// <summary>What a batch does.</summary>
public enum BatchAction
{
    Import,
    Activate,
    Deactivate,
    Delete,
    Move,
    MoveFolder,
    AddToGroup,
    RemoveFromGroup,
    RevokeSessions,
}

/// <summary>How far a batch is.</summary>
public enum BatchState
{
    Queued,
    Running,
    Finished,
    Failed,
    Cancelled,
}
