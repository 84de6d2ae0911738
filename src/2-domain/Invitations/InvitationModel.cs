using Postern.Policies.Expressions.Models;

namespace Postern.Invitations;

/// <summary>Invitations as expressions see them.</summary>
static class InvitationModel
{
    public static readonly ExpressionModel<Invitation> Model = new ExpressionModel<Invitation>(InvitationKind.Kind, "Invitation", "authentik.stages.invitation.models")
        .Alias("invite_uuid", "pk")
        .Member("is_expired", static (invitation, run) => invitation.IsExpired(((TimeProvider)run.Services.GetService(typeof(TimeProvider))!).GetUtcNow()));
}
