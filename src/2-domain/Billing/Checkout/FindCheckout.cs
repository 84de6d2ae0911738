using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Ledger;
using Postern.Billing.Orders;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Billing.Taxes;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Checkout;

/// <summary>A checkout with what its page shows.</summary>
sealed record FoundCheckout(LedgerCheckout Checkout, Order? Order, Plan? Plan, IReadOnlyList<Seats> Prices, BillingAccount Account, Seller Seller);

/// <summary>Finds an open checkout of our own by its id. Faults: not found, also for one that was used or has run out.</summary>
sealed class FindCheckout(PosternDb db, ReadBillingAccount accounts, PriceSeats prices, WriteInvoice write, TimeProvider clock)
{
    public async Task<Result<FoundCheckout>> ExecuteAsync(string id, CancellationToken cancellation)
    {
        var checkout = await db.Set<LedgerCheckout>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (checkout is not { IsDone: false } || checkout.ExpiresAt <= clock.GetUtcNow())
            return new Fault.NotFound("Checkout");
        var order = await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == checkout.OrderId, cancellation);
        if (order is not null and not { Status: OrderStatus.Checkout })
            return new Fault.NotFound("Checkout");
        var plan = order is null ? null : await db.Set<Plan>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == order.PlanCode, cancellation);
        var priced = plan is null ? [] : await prices.ExecuteAsync(plan, order!.Currency, new(order.InternalUsers, order.ExternalUsers), cancellation);
        var account = await accounts.ExecuteAsync(checkout.OrganizationId, cancellation);
        var seller = await db.Set<Seller>().AsNoTracking().OrderBy(s => s.Id).FirstAsync(cancellation);
        return new FoundCheckout(checkout, order, plan, priced, account, seller);
    }

    /// <summary>What these seats would cost a customer in that country.</summary>
    public async Task<(Totals Totals, TaxDecision Tax)> TotalAsync(FoundCheckout found, CheckoutForm form, CancellationToken cancellation)
    {
        var country = form.Account.Country.Trim().ToUpperInvariant();
        var hasTaxId = TaxIds.Tidy(form.Account.TaxId).Length > 0;
        var buyer = new BillingAccount { Country = country.Length > 0 ? country : found.Seller.Country, TaxIdStatus = hasTaxId ? TaxIdStatus.Pending : TaxIdStatus.None };
        var tax = await write.TaxAsync(found.Seller, buyer, cancellation);
        var items = found.Prices.Select(p => new InvoiceItem("", 1, p.Unit, p.Unit * Math.Max(0, p.Type is SeatType.Internal ? form.Seats.Internal : form.Seats.External)));
        return (Totals.Of(found.Order!.Currency, items, tax.BasisPoints), tax);
    }
}
