using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Billing.News;

/// <summary>Looks at the subject of one delivery. What the delivery said about it does not matter: its present state is fetched and applied.</summary>
sealed class TakeNews(PosternDb db, ApplySubject apply, TimeProvider clock) : IJobHandler
{
    public const string Kind = "billing_news";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var (provider, id) = ((string)payload["provider"]!, (string)payload["event"]!);
        var delivery = await db.Set<ProviderEvent>().AsNoTracking().FirstOrDefaultAsync(e => e.Provider == provider && e.Id == id, cancellation);
        if (delivery is not { ProcessedAt: null })
            return;
        await apply.ExecuteAsync(provider, new(delivery.SubjectKind, delivery.SubjectId), cancellation);
        var now = clock.GetUtcNow();
        await db.Set<ProviderEvent>().Where(e => e.Provider == provider && e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ProcessedAt, now), cancellation);
    }
}
