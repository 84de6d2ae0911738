using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Orders;

/// <summary>Fetches a checkout, moves its order on, and goes on with the subscription that came of it.</summary>
public sealed class ApplyCheckout(PosternDb db, BillingProviders providers, ApplySubscription subscriptions, SaveBillingAccount accounts, IFulfilment fulfilment)
{
    /// <summary>Faults: not found (no such checkout or order), and what the provider answers.</summary>
    public async Task<Result<Unit>> ExecuteAsync(string providerName, string checkoutId, CancellationToken cancellation)
    {
        if (!(await db.InTransactionAsync(() => MoveAsync(providers.Of(providerName), checkoutId, cancellation), static r => r.Fault is null, cancellation))
            .Succeeded(out var state, out var fault))
            return fault;
        return state is { Status: CheckoutStatus.Complete, SubscriptionId.Length: > 0 } ? await subscriptions.ExecuteAsync(providerName, state.SubscriptionId, cancellation) : Unit.Value;
    }

    async Task<Result<CheckoutState>> MoveAsync(IBillingProvider provider, string checkoutId, CancellationToken cancellation)
    {
        var orderId = await db.Set<Order>().AsNoTracking().Where(o => o.Provider == provider.Name && o.CheckoutId == checkoutId).Select(o => o.Id).FirstOrDefaultAsync(cancellation);
        if (orderId == Guid.Empty || await LockOrder.ExecuteAsync(db, orderId, cancellation) is not { } order)
            return new Fault.NotFound("Order");
        if (!(await provider.GetCheckoutAsync(checkoutId, cancellation)).Succeeded(out var state, out var fault))
            return fault;
        var next = (state.Status, order.Status) switch
        {
            (CheckoutStatus.Complete, OrderStatus.Checkout or OrderStatus.Draft) => OrderStatus.Processing,
            (CheckoutStatus.Expired, OrderStatus.Checkout or OrderStatus.Draft) => OrderStatus.Expired,
            var (_, unchanged) => unchanged,
        };
        if (next == order.Status)
            return state;
        order.Status = next;
        await db.SaveChangesAsync(cancellation);
        if (next is OrderStatus.Processing)
        {
            if (state.Entered is { } entered)
                await accounts.FillAsync(order.OrganizationId, entered, order.Currency, cancellation);
            await fulfilment.TellAsync(new(order.OrganizationId, order.Id, NoticeKind.OrderReceived), cancellation);
            await db.SaveChangesAsync(cancellation);
        }
        return state;
    }
}
