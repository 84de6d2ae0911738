using System.Text.Json.Nodes;

namespace Postern.Invitations.Bulk;

/// <summary>Many invitations made from one list in the background; its rows wait in a table of their own.</summary>
public sealed class InvitationBatch
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public int? RequestedByPk { get; set; }

    public DateTimeOffset RequestedOn { get; set; }

    /// <summary>Chosen by the client; the same key of the same person is the same batch.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>What all have in common: fields of an invitation.</summary>
    public JsonObject Template { get; set; } = [];

    public bool DryRun { get; set; }

    /// <summary>Make those that are right although others are wrong.</summary>
    public bool KeepGoing { get; set; }

    public int Total { get; set; }

    /// <summary>Rows that were looked at before any was made.</summary>
    public int Checked { get; set; }

    public int Done { get; set; }

    public int Failed { get; set; }

    public bool Cancelled { get; set; }

    public DateTimeOffset? FinishedOn { get; set; }

    /// <summary>Why nothing was made; empty when something was.</summary>
    public string Error { get; set; } = "";

    public string State => this switch
    {
        { FinishedOn: null, Checked: 0, Done: 0 } => "queued",
        { FinishedOn: null } => "running",
        { Error.Length: > 0 } => "failed",
        { Cancelled: true } => "cancelled",
        _ => "finished",
    };
}
