using System.Text.Json.Nodes;
using Postern.Brands.Settings;
using Postern.Jobs;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Ledger;

/// <summary>Deletes invitations that ended before the retention of the system settings, with their history.</summary>
sealed class ForgetInvitations(PosternDb db, Snapshot<SystemSettings> settings, TimeProvider clock) : IJobHandler
{
    const string Statement = """
        DELETE FROM invitation
        WHERE revoked_on <= $1 OR expires <= $1
           OR (superseded_by IS NOT NULL AND created_on <= $1)
           OR (accepted_on <= $1 AND uses >= CASE WHEN single_use THEN 1 ELSE max_uses END)
        """;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var kept = Duration.Parse((await settings.GetAsync(cancellation)).InvitationRetention);
        await db.ExecuteAsync(Statement, cancellation, clock.GetUtcNow() - kept);
    }
}
