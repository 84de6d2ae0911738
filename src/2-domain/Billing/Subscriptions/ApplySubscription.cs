using Microsoft.EntityFrameworkCore;
using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Subscriptions;

/// <summary>
/// Fetches a subscription and makes our records say the same, under a lock on its order: whoever fetches later also writes later, so an older state cannot overwrite a newer one.
/// Writes order, subscription, the entitlement if one is due, and whatever the portal adds to it, in one transaction.
/// </summary>
public sealed class ApplySubscription(PosternDb db, BillingProviders providers, IFulfilment fulfilment, TimeProvider clock)
{
    /// <summary>Faults: not found (not known there, or no order of ours), and what the provider answers.</summary>
    public async Task<Result<Unit>> ExecuteAsync(string providerName, string subscriptionId, CancellationToken cancellation)
    {
        var provider = providers.Of(providerName);
        if (!(await OrderIdAsync(provider, subscriptionId, cancellation)).Succeeded(out var orderId, out var fault))
            return fault;
        return await db.InTransactionAsync(() => ApplyAsync(provider, orderId, subscriptionId, cancellation), static r => r.Fault is null, cancellation);
    }

    async Task<Result<Guid>> OrderIdAsync(IBillingProvider provider, string subscriptionId, CancellationToken cancellation)
    {
        var known = await db.Set<Subscription>().AsNoTracking()
            .Where(s => s.Provider == provider.Name && s.ProviderId == subscriptionId).Select(s => (Guid?)s.OrderId).FirstOrDefaultAsync(cancellation);
        if (known is { } id)
            return id;
        if (!(await provider.GetSubscriptionAsync(subscriptionId, cancellation)).Succeeded(out var state, out var fault))
            return fault;
        return state.OrderId is { } order ? order : new Fault.NotFound("Order");
    }

    async Task<Result<Unit>> ApplyAsync(IBillingProvider provider, Guid orderId, string subscriptionId, CancellationToken cancellation)
    {
        if (await LockOrder.ExecuteAsync(db, orderId, cancellation) is not { } order || !string.Equals(order.Provider, provider.Name, StringComparison.Ordinal))
            return new Fault.NotFound("Order");
        if (!(await provider.GetSubscriptionAsync(subscriptionId, cancellation)).Succeeded(out var state, out var fault))
            return fault;
        var known = await db.Set<Subscription>().FirstOrDefaultAsync(s => s.OrderId == orderId, cancellation);
        if (known is not null && !string.Equals(known.ProviderId, subscriptionId, StringComparison.Ordinal))
            return new Fault.NotFound("Order");
        if (known is null)
            db.Add(known = new Subscription { OrderId = orderId, OrganizationId = order.OrganizationId, Provider = provider.Name, ProviderId = subscriptionId, Status = state.Status });
        var last = await db.Set<Entitlement>().AsNoTracking().Where(e => e.OrderId == orderId).OrderByDescending(e => e.Revision).FirstOrDefaultAsync(cancellation);

        var decision = Decide.On(order, known, state, last, clock.GetUtcNow());
        if (decision.Grant is { } grant)
            db.Add(grant);
        await db.SaveChangesAsync(cancellation);
        if (decision.Grant is { } granted)
            await fulfilment.IssueAsync(granted, cancellation);
        if (decision.Revoke is { } reason)
            await fulfilment.RevokeAsync(order.OrganizationId, order.Id, reason, cancellation);
        foreach (var notice in decision.Notices)
            await fulfilment.TellAsync(notice, cancellation);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
