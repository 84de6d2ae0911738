using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Batches;

/// <summary>Stops a batch after the user it is at; what is done stays done, an import is taken back. For its requester and those who may delete batches. Faults: not found, forbidden.</summary>
public sealed class CancelBatch(PosternDb db, ObjectQuery objects, IAccess access)
{
    public async Task<Result<Unit>> ExecuteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(UserBatchKind.Kind, caller, id, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var batch = (UserBatch)found;
        if (await access.RefuseAsync(caller, UserBatchKind.Kind.Delete, UserBatchKind.Kind, batch, cancellation) is { } refusal)
            return refusal;
        await db.ExecuteAsync("UPDATE user_batch SET cancelled = true WHERE pk = $1 AND finished_on IS NULL", cancellation, batch.Pk);
        return Unit.Value;
    }
}
