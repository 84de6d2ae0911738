using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>Counts one use of an invitation in the current transaction, never above its limit and only while it opens anything.</summary>
public sealed class TakeUse(PosternDb db, RecordEvent events, TimeProvider clock)
{
    // The row stays locked until the transaction ends: who comes at the same moment counts what is left then.
    const string Take = """
        UPDATE invitation SET uses = uses + 1, accepted_on = $2
        WHERE pk = $1 AND (expires IS NULL OR expires > $2) AND NOT draft AND revoked_on IS NULL AND superseded_by IS NULL
          AND (CASE WHEN single_use THEN uses < 1 ELSE max_uses IS NULL OR uses < max_uses END)
          AND (NOT suspend_with_inviter OR EXISTS (SELECT FROM "user" u WHERE u.pk = created_by_pk AND u.is_active))
        """;

    /// <summary>False when there is none left.</summary>
    public async ValueTask<bool> ExecuteAsync(Guid invitation, Caller caller, CancellationToken cancellation)
    {
        if (await db.ExecuteAsync(Take, cancellation, invitation, clock.GetUtcNow()) == 0)
            return false;
        events.Add(caller, EventAction.InvitationUsed, "authentik_stages_invitation", new JsonObject { ["invitation_uuid"] = invitation.ToString("N") });
        return true;
    }
}
