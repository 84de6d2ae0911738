using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Billing.News;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Billing.Ledger;

/// <summary>
/// Books payments and failures, and lets the rest of billing hear of them the way a provider elsewhere would: by an event. Runs in the caller's transaction, under the lock of
/// the order.
/// </summary>
public sealed class Settle(PosternDb db, KeepNews news, TimeProvider clock)
{
    /// <summary>Days after the first failure on which collecting is tried again; after the last it is given up.</summary>
    public static readonly IReadOnlyList<int> RetryDays = [3, 7, 14];

    /// <summary>The invoice is paid: what it is for counts from now on.</summary>
    public async Task PaidAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation)
    {
        (invoice.Status, invoice.PaidAt, invoice.NextAttemptAt) = (InvoiceStatus.Paid, clock.GetUtcNow(), null);
        (subscription.InternalUsers, subscription.ExternalUsers) = (invoice.InternalUsers, invoice.ExternalUsers);
        (subscription.Status, subscription.Failure) = (SubscriptionStatus.Active, "");
        // The first term starts when it is paid for.
        if (invoice.Reason is InvoiceReason.Create)
            (invoice.PeriodStart, invoice.PeriodEnd) = (clock.GetUtcNow(), clock.GetUtcNow().AddMonths(subscription.TermMonths));
        if (invoice.Reason is not InvoiceReason.Seats)
            (subscription.PeriodStart, subscription.PeriodEnd, subscription.PaidUntil) = (invoice.PeriodStart, invoice.PeriodEnd, invoice.PeriodEnd);
        await TellAsync(subscription, "invoice.paid", cancellation);
    }

    /// <summary>The renewal could not be collected: it is tried again, and given up after the last time.</summary>
    public async Task FailedAsync(LedgerSubscription subscription, Invoice invoice, string why, CancellationToken cancellation)
    {
        subscription.Failure = why;
        invoice.Attempts++;
        if (invoice.Attempts > RetryDays.Count)
        {
            (invoice.Status, invoice.NextAttemptAt) = (InvoiceStatus.Uncollectible, null);
            await EndAsync(subscription, SubscriptionStatus.Unpaid, cancellation);
            return;
        }
        invoice.NextAttemptAt = invoice.CreatedAt.AddDays(RetryDays[invoice.Attempts - 1]);
        subscription.Status = SubscriptionStatus.PastDue;
        await TellAsync(subscription, "invoice.payment_failed", cancellation);
    }

    /// <summary>The subscription is over.</summary>
    public async Task EndAsync(LedgerSubscription subscription, SubscriptionStatus status, CancellationToken cancellation)
    {
        subscription.Status = status;
        var open = await db.Set<Invoice>().Where(i => i.OrderId == subscription.OrderId && i.Status == InvoiceStatus.Open).ToListAsync(cancellation);
        // The one that was given up just now is not saved yet, and stays uncollectible.
        foreach (var invoice in open.Where(i => i.Status is InvoiceStatus.Open))
            (invoice.Status, invoice.NextAttemptAt) = (InvoiceStatus.Void, null);
        await TellAsync(subscription, "customer.subscription.deleted", cancellation);
    }

    /// <summary>Saves the subscription's change together with the news of it.</summary>
    public async Task TellAsync(LedgerSubscription subscription, string type, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        subscription.ChangedAt = now;
        await db.SaveChangesAsync(cancellation);
        await news.ExecuteAsync(subscription.Provider, new(NewId("evt"), type, new(SubjectKind.Subscription, subscription.Id), now, new JsonObject { ["subscription"] = subscription.Id }), cancellation);
    }

    // Checkouts are opened by whoever knows the id, so it must not be guessed.
    internal static string NewId(string prefix) => $"{prefix}_{RandomText.Alphanumeric(32)}";
}
