using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Orders;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Storage;

namespace Postern.Billing.Ledger;

/// <summary>Turns a finished checkout into a subscription and its first invoice, both unpaid. Runs in the caller's transaction, under the lock of the order.</summary>
public sealed class OpenSubscription(PosternDb db, PriceSeats prices, WriteInvoice write, TimeProvider clock)
{
    public async Task<(LedgerSubscription Subscription, Invoice Invoice)> ExecuteAsync(Order order, SeatCount seats, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var plan = await db.Set<Plan>().AsNoTracking().FirstAsync(p => p.Code == order.PlanCode, cancellation);
        var priced = await prices.ExecuteAsync(plan, order.Currency, seats, cancellation);
        var subscription = new LedgerSubscription
        {
            Id = Settle.NewId("sub"),
            Provider = order.Provider,
            OrganizationId = order.OrganizationId,
            OrderId = order.Id,
            PlanName = plan.Name,
            TermMonths = plan.TermMonths,
            Currency = order.Currency,
            InternalUnitMinor = UnitOf(priced, SeatType.Internal),
            ExternalUnitMinor = UnitOf(priced, SeatType.External),
            InternalUsers = seats.Internal,
            ExternalUsers = seats.External,
            Status = SubscriptionStatus.Incomplete,
            PeriodStart = now,
            PeriodEnd = now.AddMonths(plan.TermMonths),
            ChangedAt = now,
        };
        db.Add(subscription);
        var invoice = await write.ExecuteAsync(subscription, InvoiceReason.Create, Charges.WholePeriod(subscription, seats), subscription.Period, seats, cancellation);
        await db.Set<BillingAccount>().Where(a => a.OrganizationId == order.OrganizationId && a.Currency == "").ExecuteUpdateAsync(set => set.SetProperty(a => a.Currency, order.Currency), cancellation);
        await db.SaveChangesAsync(cancellation);
        return (subscription, invoice);
    }

    static long? UnitOf(IReadOnlyList<Seats> priced, SeatType type) => priced.FirstOrDefault(s => s.Type == type)?.Unit.Minor;
}
