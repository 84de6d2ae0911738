using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Invitations.Bulk;

/// <summary>Stops a batch after the hundred it is at; what was made stays. For its requester and those who may delete batches. Faults: not found, forbidden.</summary>
public sealed class CancelBulk(PosternDb db, ObjectQuery objects, IAccess access)
{
    public async Task<Result<Unit>> ExecuteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(InvitationBatchKind.Kind, caller, id, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        if (await access.RefuseAsync(caller, InvitationBatchKind.Kind.Delete, InvitationBatchKind.Kind, found, cancellation) is { } refusal)
            return refusal;
        await db.ExecuteAsync("UPDATE invitation_batch SET cancelled = true WHERE pk = $1 AND finished_on IS NULL", cancellation, ((InvitationBatch)found).Pk);
        return Unit.Value;
    }
}
