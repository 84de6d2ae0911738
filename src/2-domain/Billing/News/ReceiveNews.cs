using System.Text.Json.Nodes;
using Postern.Billing.Providers;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.News;

/// <summary>
/// Takes in a webhook delivery. Faults: not found (no such provider), forbidden (not the provider's signature, or from the wrong mode), invalid. Writes the event under its
/// id and the job that will look at it, in one transaction; a delivery seen before writes nothing and is answered alike.
/// </summary>
public sealed class ReceiveNews(PosternDb db, BillingProviders providers, JobQueue jobs, TimeProvider clock)
{
    public async Task<Result<Unit>> ExecuteAsync(string providerName, ReadOnlyMemory<byte> body, string signature, CancellationToken cancellation)
    {
        if (providers.Find(providerName) is not { } provider)
            return new Fault.NotFound("Provider");
        if (!provider.ParseWebhook(body, signature).Succeeded(out var news, out var fault))
            return fault;
        return await db.InTransactionAsync(() => KeepAsync(provider.Name, news, cancellation), static r => r.Fault is null, cancellation);
    }

    /// <summary>Keeps news in the caller's own transaction: the doors of providers that live in this process.</summary>
    internal async Task<Result<Unit>> KeepAsync(string provider, ProviderNews news, CancellationToken cancellation)
    {
        // Whoever inserts the row adds the job; everybody else has seen a repetition.
        var isNew = await db.ExecuteAsync(
            """
            INSERT INTO billing_event (provider, id, type, subject_kind, subject_id, payload, created_at, received_at)
            VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8) ON CONFLICT (provider, id) DO NOTHING
            """,
            cancellation, provider, news.Id, news.Type, Kernel.Values.WireEnum<SubjectKind>.Name(news.Subject.Kind), news.Subject.Id,
            news.Payload.ToJsonString(), news.Created, clock.GetUtcNow()) == 1;
        if (isNew && news.Subject.Kind is not SubjectKind.None)
            jobs.Add(TakeNews.Kind, new JsonObject { ["provider"] = provider, ["event"] = news.Id });
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
