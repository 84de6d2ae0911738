using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Sessions;
using Postern.Invitations.Mailing;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Bulk;

/// <summary>
/// Makes the invitations of a batch with the rights its requester has now, a hundred at a time: the invitations, what their rows say and the count are one
/// transaction, so that a worker that dies makes none twice. Unless told to keep going it looks at all rows first and makes nothing where one is wrong.
/// </summary>
sealed class RunBulk(PosternDb db, MakeInvitations make, JobQueue jobs, ILicenseRules licenses, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "invitations.bulk";
    const int Batch = 100;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["batch"]!.GetValue<Guid>();
        if (await db.Set<InvitationBatch>().AsNoTracking().FirstOrDefaultAsync(b => b.Pk == pk && b.FinishedOn == null, cancellation) is not { } batch)
            return;
        var caller = batch.RequestedByPk is { } requester ? await FindCaller.OfActiveUserAsync(db, requester, cancellation) : null;
        if (caller is null)
        {
            await FinishAsync(batch, "The person who asked for it can no longer sign in.", cancellation);
            return;
        }
        if (!batch.DryRun && !await licenses.MayWriteAsync(InvitationKind.Kind.Name, isNew: true, cancellation))
        {
            await FinishAsync(batch, ILicenseRules.Denied, cancellation);
            return;
        }
        if (batch.Done == 0 && (batch.DryRun || !batch.KeepGoing) && await CheckAsync(batch, caller, cancellation) is var wrong && (wrong > 0 || batch.DryRun))
        {
            await FinishAsync(batch, batch.DryRun ? "" : "Nothing was made, because some rows are wrong.", cancellation);
            return;
        }
        while (await MakeSomeAsync(batch, caller, cancellation))
            db.ChangeTracker.Clear();
        await FinishAsync(batch, "", cancellation);
    }

    /// <summary>Tries all rows and takes everything back but what is wrong with them; answers how many are.</summary>
    async Task<int> CheckAsync(InvitationBatch batch, Caller caller, CancellationToken cancellation)
    {
        await db.ExecuteAsync("UPDATE invitation_row SET error = '' WHERE batch_pk = $1 AND error <> ''", cancellation, batch.Pk);
        var (line, tried, wrong) = (0, 0, 0);
        while (await BulkRows.NextAsync(db, batch.Pk, line, onlyOpen: false, Batch, cancellation) is { Count: > 0 } rows)
        {
            IReadOnlyList<MadeInvitation> made = [];
            await db.InTransactionAsync(async () => (made = await make.ExecuteAsync(batch, caller, rows, cancellation)).Count, static _ => false, cancellation);
            db.ChangeTracker.Clear();
            foreach (var bad in made.Where(m => m.Error.Length > 0))
                await db.ExecuteAsync("UPDATE invitation_row SET error = $3 WHERE batch_pk = $1 AND line = $2", cancellation, batch.Pk, bad.Line, bad.Error);
            (line, tried, wrong) = (rows[^1].Line, tried + rows.Count, wrong + made.Count(m => m.Error.Length > 0));
            if (await db.ExecuteAsync("UPDATE invitation_batch SET checked = $2, failed = $3 WHERE pk = $1 AND NOT cancelled", cancellation, batch.Pk, tried, wrong) == 0)
                break;
        }
        return wrong;
    }

    /// <summary>False when none is left, or nobody wants them any more.</summary>
    Task<bool> MakeSomeAsync(InvitationBatch batch, Caller caller, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (!await db.ScalarAsync<bool>("SELECT NOT cancelled FROM invitation_batch WHERE pk = $1 FOR UPDATE", cancellation, batch.Pk))
                return false;
            var rows = await BulkRows.NextAsync(db, batch.Pk, after: 0, onlyOpen: true, Batch, cancellation);
            if (rows.Count == 0)
                return false;
            var made = await make.ExecuteAsync(batch, caller, rows, cancellation);
            foreach (var one in made)
            {
                await db.ExecuteAsync(
                    "UPDATE invitation_row SET done = true, invitation_pk = $3, error = $4 WHERE batch_pk = $1 AND line = $2", cancellation, batch.Pk, one.Line, (object?)one.Pk ?? DBNull.Value, one.Error);
            }
            await db.ExecuteAsync("UPDATE invitation_batch SET done = done + $2, failed = failed + $3 WHERE pk = $1", cancellation, batch.Pk, made.Count, made.Count(m => m.Error.Length > 0));
            jobs.Add(MailDue.JobKind, []);
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        static _ => true,
        cancellation);

    Task<int> FinishAsync(InvitationBatch batch, string error, CancellationToken cancellation) =>
        db.ExecuteAsync("UPDATE invitation_batch SET finished_on = $2, error = $3 WHERE pk = $1", cancellation, batch.Pk, clock.GetUtcNow(), error);
}
