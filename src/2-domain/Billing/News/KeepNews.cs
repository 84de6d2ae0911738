using System.Text.Json.Nodes;
using Postern.Billing.Providers;
using Postern.Jobs;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Billing.News;

/// <summary>
/// Writes news of a provider under its id, with the job that will look at it. Runs in the caller's transaction; news seen before writes nothing. Providers that live in this
/// process keep theirs in the transaction of its cause.
/// </summary>
public sealed class KeepNews(PosternDb db, JobQueue jobs, TimeProvider clock)
{
    public async Task ExecuteAsync(string provider, ProviderNews news, CancellationToken cancellation)
    {
        // Whoever inserts the row adds the job; everybody else has seen a repetition.
        var isNew = await db.ExecuteAsync(
            """
            INSERT INTO billing_event (provider, id, type, subject_kind, subject_id, payload, created_at, received_at)
            VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8) ON CONFLICT (provider, id) DO NOTHING
            """,
            cancellation, provider, news.Id, news.Type, WireEnum<SubjectKind>.Name(news.Subject.Kind), news.Subject.Id, news.Payload.ToJsonString(), news.Created, clock.GetUtcNow()) == 1;
        if (isNew && news.Subject.Kind is not SubjectKind.None)
            jobs.Add(TakeNews.Kind, new JsonObject { ["provider"] = provider, ["event"] = news.Id });
        await db.SaveChangesAsync(cancellation);
    }
}
