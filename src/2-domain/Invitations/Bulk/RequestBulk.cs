using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Bulk;

/// <summary>
/// Takes a list of people to invite and queues the work. Needs the right to add invitations; each row is checked later as the API would. Writes the batch,
/// its rows and its job; asked again with the same idempotency key it answers the batch there is. Faults: unauthenticated, forbidden, invalid.
/// </summary>
public sealed class RequestBulk(PosternDb db, IAccess access, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Why the caller may not; asked before a list is read.</summary>
    public async ValueTask<Fault?> RefuseAsync(Caller caller, CancellationToken cancellation) => await access.RefuseAsync(caller, InvitationKind.Kind.Add, key: null, cancellation);

    public async Task<Result<InvitationBatch>> ExecuteAsync(Caller caller, BulkRequest request, CancellationToken cancellation)
    {
        if (await RefuseAsync(caller, cancellation) is { } refusal)
            return refusal;
        if (request.Rows.Count is 0 or > BulkRequest.MostRows)
            return Fault.Field("rows", $"Give between 1 and {BulkRequest.MostRows} rows.");
        if (request.Template.FirstOrDefault(f => InvitationKind.Kind.FindWritable(f.Key) is null).Key is { } unknown)
            return Fault.Field("template", $"An invitation has no field \"{unknown}\".");
        return await db.InTransactionAsync(() => AddAsync(caller, request, cancellation), static _ => true, cancellation);
    }

    async Task<Result<InvitationBatch>> AddAsync(Caller caller, BulkRequest request, CancellationToken cancellation)
    {
        var batch = new InvitationBatch
        {
            RequestedByPk = caller.UserPk,
            RequestedOn = clock.GetUtcNow(),
            IdempotencyKey = request.IdempotencyKey,
            Template = request.Template,
            DryRun = request.DryRun,
            KeepGoing = request.KeepGoing,
            Total = request.Rows.Count,
        };
        if (request.IdempotencyKey is { Length: > 0 } key)
        {
            // Of two at once the second waits here and then finds the first.
            await db.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, $"invitation_batch/{caller.UserPk}/{key}");
            if (await db.Set<InvitationBatch>().AsNoTracking().FirstOrDefaultAsync(b => b.RequestedByPk == caller.UserPk && b.IdempotencyKey == key, cancellation) is { } earlier)
                return earlier;
        }
        db.Add(batch);
        jobs.Add(RunBulk.JobKind, new JsonObject { ["batch"] = batch.Pk });
        await db.SaveChangesAsync(cancellation);
        await BulkRows.AddAsync(db, batch.Pk, request.Rows, cancellation);
        return batch;
    }
}
