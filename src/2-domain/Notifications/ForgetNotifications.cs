using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Notifications;

/// <summary>Deletes notifications that were seen or whose event is gone, a batch at a time.</summary>
sealed class ForgetNotifications(PosternDb db) : IJobHandler
{
    const int Batch = 5000;

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        int deleted;
        do
        {
            deleted = await db.ExecuteAsync(
                $"""
                DELETE FROM notification WHERE pk IN (
                    SELECT n.pk FROM notification n
                    WHERE n.seen OR (n.event_pk IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.pk = n.event_pk))
                    LIMIT {Batch})
                """, cancellation);
        }
        while (deleted == Batch);
    }
}
