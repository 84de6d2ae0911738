using Postern.Invitations;
using Postern.Invitations.Ledger;

namespace Postern.Tests.Unit.Invitations;

/// <summary>States follow from what is recorded; the later step wins, and an end wins over everything.</summary>
public sealed class InvitationStatusTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_step_takes_the_place_of_the_one_before()
    {
        var invitation = new Invitation { Expires = Now.AddDays(1) };
        Is(invitation, "ready");
        invitation.SendAt = Now.AddHours(1);
        Is(invitation, "scheduled");
        invitation.QueuedOn = Now;
        Is(invitation, "queued");
        invitation.SentOn = Now;
        Is(invitation, "sent");
        invitation.FailedOn = Now;
        Is(invitation, "failed");
        invitation.OpenedOn = Now;
        Is(invitation, "opened");
        invitation.StartedOn = Now;
        Is(invitation, "started");
        invitation.Uses = 1;
        Is(invitation, "accepted");
        invitation.MaxUses = 1;
        Is(invitation, "exhausted");
        (invitation.MaxUses, invitation.SingleUse) = (null, true);
        Is(invitation, "accepted");
        invitation.RevokedOn = Now;
        Is(invitation, "revoked");
        invitation.SupersededBy = Guid.NewGuid();
        Is(invitation, "superseded");
    }

    [Fact]
    public void Time_ends_what_was_not_used_up()
    {
        var invitation = new Invitation { Expires = Now, OpenedOn = Now };
        InvitationStatus.Of(invitation, Now.AddTicks(-1)).ShouldBe("opened");
        Is(invitation, "expired");
        (invitation.SingleUse, invitation.Uses) = (true, 1);
        Is(invitation, "accepted");
        Is(new Invitation { Draft = true }, "draft");
    }

    static void Is(Invitation invitation, string state) => InvitationStatus.Of(invitation, Now).ShouldBe(state);
}
