namespace Postern.Invitations.Mailing;

/// <summary>That a mail of the outbox carries an invitation; by it the mail's fate is told to the invitation, and limits are kept.</summary>
public sealed class InvitationMailing
{
    public Guid MailPk { get; set; }

    public Guid InvitationPk { get; set; }

    public int? InviterPk { get; set; }

    public DateTimeOffset QueuedOn { get; set; }
}
