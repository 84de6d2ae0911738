using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Keeps the outbox: old mails go, and a mail that waits without a job to deliver it gets one.</summary>
sealed class KeepMail(PosternDb db, TimeProvider clock) : IJobHandler
{
    static readonly TimeSpan keepDone = TimeSpan.FromDays(30);
    static readonly TimeSpan keepFailed = TimeSpan.FromDays(90);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.ExecuteAsync(
            "DELETE FROM mail WHERE (state IN ('sent', 'cancelled') AND created_at < $1) OR (state = 'failed' AND created_at < $2)",
            cancellation, now - keepDone, now - keepFailed);
        await db.ExecuteAsync(
            $$"""
            INSERT INTO job (kind, payload, key, created_at, run_at, attempts, last_error)
            SELECT '{{DeliverMail.Kind}}', jsonb_build_object('mail', pk), '{{DeliverMail.Kind}}/' || pk, $1, $1, 0, '' FROM mail WHERE state IN ('queued', 'sending')
            ON CONFLICT (key) DO NOTHING
            """,
            cancellation, now);
    }
}
