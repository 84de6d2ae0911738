using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows.Running;
using Postern.Storage;

namespace Postern.Invitations;

/// <summary>
/// Uses an invitation up with the account it makes: the row of a single-use one goes in the same transaction, so that of any number of people finishing at
/// once one succeeds. What has expired or was deleted meanwhile refuses.
/// </summary>
sealed class ConsumeInvitation(PosternDb db, RecordEvent events, TimeProvider clock) : IFlowCompletion
{
    public const string NotFound = "Invalid invite/invite not found";
    public const string InvitationKey = "invitation";
    public const string InEffectKey = "invitation_in_effect";
    const string ConsumedKey = "postern/invitation/consumed";

    public async ValueTask<string?> CompleteAsync(StageRun run, CancellationToken cancellation)
    {
        if (!run.Context.TryGetValue(InvitationKey, out var value) || value is not Invitation invitation || run.Context.Flag(ConsumedKey))
            return null;
        var sql = invitation.SingleUse
            ? "DELETE FROM invitation WHERE pk = $1 AND (expires IS NULL OR expires > $2)"
            : "SELECT 1 FROM invitation WHERE pk = $1 AND (expires IS NULL OR expires > $2) FOR SHARE";
        var now = clock.GetUtcNow();
        var held = invitation.SingleUse ? await db.ExecuteAsync(sql, cancellation, invitation.Pk, now) > 0 : await db.ScalarAsync<int>(sql, cancellation, invitation.Pk, now) == 1;
        if (!held)
            return NotFound;
        run.Context[ConsumedKey] = true;
        events.Add(run.Http.Caller(), EventAction.InvitationUsed, "authentik_stages_invitation", new JsonObject { ["invitation_uuid"] = invitation.Pk.ToString("N") });
        return null;
    }
}
