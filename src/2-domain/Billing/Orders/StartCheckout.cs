using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Orders;

/// <summary>
/// Sends an order to its provider's checkout. Whoever calls has checked that the caller is an owner. Faults: not found, invalid (the order is past its checkout, or its plan is
/// no longer sold), and what the provider answers. Writes the checkout's id; asked again, the same checkout is answered.
/// </summary>
public sealed class StartCheckout(PosternDb db, BillingProviders providers, EnsureCustomer customers, PriceSeats prices)
{
    /// <param name="success">Where the customer comes back to after finishing; an address of the portal.</param>
    /// <param name="cancel">Where the customer comes back to after turning back; an address of the portal.</param>
    public Task<Result<HostedPage>> ExecuteAsync(Guid organizationId, Guid orderId, Uri success, Uri cancel, CancellationToken cancellation) =>
        db.InTransactionAsync(() => OpenAsync(organizationId, orderId, success, cancel, cancellation), static r => r.Fault is null, cancellation);

    async Task<Result<HostedPage>> OpenAsync(Guid organizationId, Guid orderId, Uri success, Uri cancel, CancellationToken cancellation)
    {
        if (await LockOrder.ExecuteAsync(db, orderId, cancellation) is not { } order || order.OrganizationId != organizationId)
            return new Fault.NotFound("Order");
        if (order.Status is not (OrderStatus.Draft or OrderStatus.Checkout))
            return Fault.Input("This order has been sent already.");
        var plan = await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == order.PlanCode && !p.Archived && p.SelfServe, cancellation);
        var seats = plan is null ? [] : await prices.ExecuteAsync(plan, order.Currency, new(order.InternalUsers, order.ExternalUsers), cancellation);
        if (plan is null || seats.Count == 0)
            return Fault.Input("This plan is no longer sold. Please order anew.");
        var provider = providers.Of(order.Provider);
        if (!(await customers.ExecuteAsync(provider, organizationId, cancellation)).Succeeded(out var customer, out var fault))
            return fault;
        if (!(await provider.StartCheckoutAsync(new(order, plan, seats, customer, success, cancel), cancellation)).Succeeded(out var page, out fault))
            return fault;
        (order.CheckoutId, order.Status) = (page.Id, OrderStatus.Checkout);
        order.Prices = [.. seats.Select(provider.NameOf)];
        await db.SaveChangesAsync(cancellation);
        return page;
    }
}
