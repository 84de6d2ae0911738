using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Billing.Amounts;
using Postern.Billing.Manual;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Billing.Sandbox;
using Postern.Billing.Subscriptions;
using Postern.Billing.Taxes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Billing.Ledger;

/// <summary>Each hour: writes the invoices of coming periods, collects what is due, tries again what failed, and ends what is over. Subscriptions of our own books only.</summary>
sealed class RenewJob(PosternDb db, BillingProviders providers, WriteInvoice write, Settle settle, SandboxProvider sandbox, TimeProvider clock) : IJobHandler
{
    public const string Kind = "billing_renew";

    /// <summary>A bank transfer may come this late before the subscription ends.</summary>
    static readonly TimeSpan TransferGrace = TimeSpan.FromDays(14);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var days = await db.Set<Seller>().OrderBy(s => s.Id).Select(s => s.PaymentDays).FirstOrDefaultAsync(cancellation);
        var soon = now.AddDays(days);
        var names = providers.All.Select(p => p.Name).ToList();
        var due = await db.Set<LedgerSubscription>().AsNoTracking()
            .Where(s => names.Contains(s.Provider) && (s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.PastDue))
            .Where(s => s.PeriodEnd <= (s.Provider == ManualProvider.ProviderName ? soon : now) || s.Status == SubscriptionStatus.PastDue)
            .Select(s => new { s.Id, s.OrderId }).ToListAsync(cancellation);
        foreach (var one in due)
            await db.InTransactionAsync(() => OneAsync(one.Id, one.OrderId, now, cancellation), static _ => true, cancellation);
    }

    async Task<bool> OneAsync(string id, Guid orderId, DateTimeOffset now, CancellationToken cancellation)
    {
        await LockOrder.ExecuteAsync(db, orderId, cancellation);
        var subscription = await db.Set<LedgerSubscription>().FirstAsync(s => s.Id == id, cancellation);
        if (!subscription.IsAlive)
            return false;
        if (subscription.CancelAtPeriodEnd && subscription.PeriodEnd <= now)
        {
            await settle.EndAsync(subscription, SubscriptionStatus.Canceled, cancellation);
            return true;
        }
        var isTransfer = subscription.Provider == ManualProvider.ProviderName;
        var open = await db.Set<Invoice>().FirstOrDefaultAsync(i => i.OrderId == orderId && i.Status == InvoiceStatus.Open && i.Reason == InvoiceReason.Cycle, cancellation);
        if (open is null && !subscription.CancelAtPeriodEnd)
        {
            open = await BillAsync(subscription, cancellation);
            if (open.TotalMinor == 0 || !isTransfer)
                await sandbox.ChargeAsync(subscription, open, cancellation);
            else
                await settle.TellAsync(subscription, "invoice.finalized", cancellation);
        }
        else if (open is not null && !isTransfer && open.NextAttemptAt <= now)
        {
            await sandbox.ChargeAsync(subscription, open, cancellation);
        }
        else if (open is not null && isTransfer)
        {
            await LateAsync(subscription, now, cancellation);
        }
        return true;
    }

    // A transfer's next period begins with its payment; before that, a card's invoice rolls the period, paid or not.
    async Task<Invoice> BillAsync(LedgerSubscription subscription, CancellationToken cancellation)
    {
        var next = new Period(subscription.PeriodEnd, subscription.PeriodEnd.AddMonths(subscription.TermMonths));
        var invoice = await write.ExecuteAsync(subscription, InvoiceReason.Cycle, Charges.WholePeriod(subscription, subscription.Seats), next, subscription.Seats, cancellation);
        await db.SaveChangesAsync(cancellation);
        return invoice;
    }

    async Task LateAsync(LedgerSubscription subscription, DateTimeOffset now, CancellationToken cancellation)
    {
        if (subscription.PeriodEnd + TransferGrace <= now)
        {
            await settle.EndAsync(subscription, SubscriptionStatus.Unpaid, cancellation);
        }
        else if (subscription.PeriodEnd <= now && subscription.Status is SubscriptionStatus.Active)
        {
            (subscription.Status, subscription.Failure) = (SubscriptionStatus.PastDue, "The bank transfer has not come in.");
            await settle.TellAsync(subscription, "invoice.overdue", cancellation);
        }
    }
}
