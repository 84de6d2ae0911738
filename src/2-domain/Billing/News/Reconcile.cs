using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Billing.News;

/// <summary>Asks every provider each hour what has changed, so that a delivery that never came is missed by an hour and not for ever.</summary>
sealed class Reconcile(PosternDb db, BillingProviders providers, ApplySubject apply, TimeProvider clock) : IJobHandler
{
    public const string Kind = "billing_reconcile";

    /// <summary>Looked at once more, for changes that were being made while the last round asked.</summary>
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        foreach (var provider in providers.All)
            await OfAsync(provider, cancellation);
    }

    async Task OfAsync(IBillingProvider provider, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow();
        var watermark = await db.ScalarAsync<DateTime?>("SELECT watermark FROM billing_reconciled WHERE provider = $1", cancellation, provider.Name);
        var since = watermark is { } last ? new DateTimeOffset(last, TimeSpan.Zero) - Overlap : DateTimeOffset.UnixEpoch;
        if (!(await provider.ListChangedAsync(since, cancellation)).Succeeded(out var changed, out var fault))
            throw new ProviderSilentException($"{provider.Name}: {fault.Message}");
        foreach (var subject in changed.Concat(await OpenAsync(provider.Name, cancellation)).Distinct())
            await apply.ExecuteAsync(provider.Name, subject, cancellation);
        await db.ExecuteAsync(
            "INSERT INTO billing_reconciled (provider, watermark) VALUES ($1, $2) ON CONFLICT (provider) DO UPDATE SET watermark = excluded.watermark",
            cancellation, provider.Name, started);
    }

    // What waits for news here, whatever the provider still remembers: checkouts that are open, and periods that are over.
    async Task<List<Subject>> OpenAsync(string provider, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var checkouts = await db.Set<Order>().Where(o => o.Provider == provider && o.CheckoutId != "" && (o.Status == OrderStatus.Checkout || o.Status == OrderStatus.Processing))
            .Select(o => o.CheckoutId).ToListAsync(cancellation);
        var subscriptions = await db.Set<Subscription>()
            .Where(s => s.Provider == provider && s.PeriodEnd <= now && (s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.PastDue))
            .Select(s => s.ProviderId).ToListAsync(cancellation);
        return [.. checkouts.Select(id => new Subject(SubjectKind.Checkout, id)), .. subscriptions.Select(id => new Subject(SubjectKind.Subscription, id))];
    }
}
