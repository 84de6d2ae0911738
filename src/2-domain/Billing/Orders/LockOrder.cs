using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Billing.Orders;

/// <summary>Locks an order until the end of the transaction: everything that changes what was bought passes here.</summary>
static class LockOrder
{
    /// <summary>The order as it is now; null when there is none.</summary>
    public static async Task<Order?> ExecuteAsync(PosternDb db, Guid orderId, CancellationToken cancellation)
    {
        await db.ExecuteAsync("SELECT 1 FROM billing_order WHERE id = $1 FOR UPDATE", cancellation, orderId);
        // What this context read before the lock may be out of date.
        foreach (var stale in db.ChangeTracker.Entries().Where(e => e is { State: EntityState.Unchanged, Entity: Order or Subscriptions.Subscription or Ledger.LedgerSubscription or Ledger.Invoice }).ToList())
            await stale.ReloadAsync(cancellation);
        return await db.Set<Order>().FirstOrDefaultAsync(o => o.Id == orderId, cancellation);
    }
}
