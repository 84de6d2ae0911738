using Microsoft.Extensions.DependencyInjection;
using Postern.Brands;
using Postern.Invitations.Mailing;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Invitations;

/// <summary>Invitations as expressions see them.</summary>
static class InvitationModel
{
    public static readonly ExpressionModel<Invitation> Model = new ExpressionModel<Invitation>(InvitationKind.Kind, "Invitation", "authentik.stages.invitation.models")
        .Alias("invite_uuid", "pk")
        .Member("is_expired", static (invitation, run) => invitation.IsExpired(((TimeProvider)run.Services.GetService(typeof(TimeProvider))!).GetUtcNow()))
        .AsyncMethod("link", static async (invitation, call) =>
        {
            var services = ExpressionRun.Of(call).Services;
            return await services.GetRequiredService<Links>().BaseAsync(request: null, call.Cancellation) is { } address
                ? await services.GetRequiredService<WriteInvitationMail>().LinkAsync(invitation, address, call.Cancellation)
                : null;
        });
}
