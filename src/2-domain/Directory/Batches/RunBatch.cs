using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Imports;
using Postern.Directory.Sessions;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Directory.Batches;

/// <summary>Does a batch with the rights its requester has now.</summary>
sealed class RunBatch(PosternDb db, ImportUsers import, ChangeUsers change, IServiceScopeFactory scopes, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "directory.batch";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["batch"]!.GetValue<Guid>();
        if (await db.Set<UserBatch>().AsNoTracking().FirstOrDefaultAsync(b => b.Pk == pk && b.FinishedOn == null, cancellation) is not { } batch)
            return;
        await using var progress = new BatchProgress(pk, scopes, clock);
        var caller = batch.RequestedByPk is { } requester ? await FindCaller.OfActiveUserAsync(db, requester, cancellation) : null;
        if (caller is null)
        {
            await progress.FinishAsync("The person who asked for it can no longer sign in.", cancellation);
            return;
        }
        var fault = batch.Action is BatchAction.Import
            ? await import.RunAsync(batch, caller, progress, cancellation)
            : await change.RunAsync(batch, caller, progress, cancellation);
        await progress.FinishAsync(fault?.Message ?? "", cancellation);
    }
}
