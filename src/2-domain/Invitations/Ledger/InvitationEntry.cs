namespace Postern.Invitations.Ledger;

/// <summary>One line of an invitation's history.</summary>
public sealed class InvitationEntry
{
    public long Id { get; set; }

    public Guid InvitationPk { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>A state it came to, or <c>reminded</c>, <c>extended</c>, <c>refused</c>, <c>approved</c>, <c>denied</c>, <c>withheld</c>.</summary>
    public string What { get; set; } = "";

    /// <summary>Username of who did it; empty for nobody.</summary>
    public string Actor { get; set; } = "";

    /// <summary>The user it made or let in.</summary>
    public int? UserPk { get; set; }

    public string? ClientIp { get; set; }

    public string Detail { get; set; } = "";
}
