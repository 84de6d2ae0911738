namespace Postern.Portal.Audit;

/// <summary>One line of an organization's audit trail. Lines are chained: each carries the hash of the one before.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public Guid OrganizationId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The person; empty for the portal itself.</summary>
    public string Subject { get; set; } = "";

    public string ActorName { get; set; } = "";

    public string Address { get; set; } = "";

    /// <summary>What happened: <c>member.invited</c>, <c>license.key_revealed</c>, ...</summary>
    public string Action { get; set; } = "";

    /// <summary>To what, and how.</summary>
    public string Detail { get; set; } = "";

    public byte[] Hash { get; set; } = [];
}
