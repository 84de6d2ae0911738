using System.Text.Json.Nodes;
using Postern.Events.Chain;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Events.Housekeeping;

/// <summary>Makes the partitions of the coming months and deletes what has expired, a batch at a time. What the product wrote goes seal by seal.</summary>
sealed class KeepEvents(PosternDb db, DropExpired sealedOnes, TimeProvider clock) : IJobHandler
{
    const int Batch = 5000;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.ExecuteAsync("SELECT event_partitions($1)", cancellation, now);
        int deleted;
        do
        {
            deleted = await db.ExecuteAsync(
                $"DELETE FROM event WHERE (pk, created) IN (SELECT pk, created FROM event WHERE from_outside AND expires <= $1 LIMIT {Batch})", cancellation, now);
        }
        while (deleted == Batch);
        await sealedOnes.ExecuteAsync(cancellation);
    }
}
