using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Events.Housekeeping;

/// <summary>Makes the partitions of the coming months and deletes what has expired, a batch at a time.</summary>
sealed class KeepEvents(PosternDb db, TimeProvider clock) : IJobHandler
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
                $"DELETE FROM event WHERE (pk, created) IN (SELECT pk, created FROM event WHERE expires <= $1 LIMIT {Batch})", cancellation, now);
        }
        while (deleted == Batch);
    }
}
