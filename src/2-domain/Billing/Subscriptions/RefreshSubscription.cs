using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Subscriptions;

/// <summary>
/// Fetches an order's state from its provider at once, for a page that cannot wait for the news of it. Faults: not found (also while there is no subscription yet), and what the
/// provider answers. Writes what its news would have.
/// </summary>
public sealed class RefreshSubscription(PosternDb db, ApplyCheckout checkouts, ApplySubscription subscriptions)
{
    public async Task<Result<Subscription>> ExecuteAsync(Guid organizationId, Guid orderId, CancellationToken cancellation)
    {
        var order = await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == orderId && o.OrganizationId == organizationId, cancellation);
        if (order is null)
            return new Fault.NotFound("Order");
        var id = await db.Set<Subscription>().Where(s => s.OrderId == orderId).Select(s => s.ProviderId).FirstOrDefaultAsync(cancellation);
        var applied = id is null ? await checkouts.ExecuteAsync(order.Provider, order.CheckoutId, cancellation) : await subscriptions.ExecuteAsync(order.Provider, id, cancellation);
        if (applied.Fault is { } fault)
            return fault;
        return await db.Set<Subscription>().AsNoTracking().FirstOrDefaultAsync(s => s.OrderId == orderId, cancellation) is { } now ? now : new Fault.NotFound("Subscription");
    }
}
