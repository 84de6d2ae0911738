using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.News;

/// <summary>
/// Takes in a webhook delivery. Faults: not found (no such provider), forbidden (not the provider's signature, or from the wrong mode), invalid. Writes the event under its
/// id and the job that will look at it, in one transaction; a delivery seen before writes nothing and is answered alike.
/// </summary>
public sealed class ReceiveNews(PosternDb db, BillingProviders providers, KeepNews keep)
{
    public async Task<Result<Unit>> ExecuteAsync(string providerName, ReadOnlyMemory<byte> body, string signature, CancellationToken cancellation)
    {
        if (providers.Find(providerName) is not { } provider)
            return new Fault.NotFound("Provider");
        if (!provider.ParseWebhook(body, signature).Succeeded(out var news, out var fault))
            return fault;
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                await keep.ExecuteAsync(provider.Name, news, cancellation);
                return Unit.Value;
            },
            static r => r.Fault is null,
            cancellation);
    }
}
