using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Invitations.Ledger;

/// <summary>Ends an invitation at once and keeps it in the list. Needs the right to change it. Faults: forbidden, not found, invalid when nothing opens it any more.</summary>
public sealed class RevokeInvitation(PosternDb db, FindToManage find, WriteLedger ledger, IAuditTrail audit, TimeProvider clock)
{
    public async Task<Result<Unit>> ExecuteAsync(Caller caller, string pk, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(caller, pk, cancellation)).Succeeded(out var invitation, out var missing))
            return missing;
        if (invitation.IsClosed)
            return Fault.Input("It has ended already.");
        invitation.RevokedOn = clock.GetUtcNow();
        ledger.Add(invitation.Pk, InvitationStatus.Revoked, caller);
        audit.Record(db, caller, ObjectChange.Updated, InvitationKind.Kind, invitation, new JsonObject { ["revoked_on"] = new JsonObject { ["new_value"] = invitation.RevokedOn } });
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
