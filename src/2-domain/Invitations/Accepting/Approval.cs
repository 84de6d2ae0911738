namespace Postern.Invitations.Accepting;

/// <summary>A new account that somebody has to let in.</summary>
public sealed class Approval
{
    public int UserPk { get; set; }

    public Guid InvitationPk { get; set; }

    public DateTimeOffset AskedOn { get; set; }

    public DateTimeOffset? DecidedOn { get; set; }

    public string DecidedBy { get; set; } = "";

    public bool Granted { get; set; }
}
