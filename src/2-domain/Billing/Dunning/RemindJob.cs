using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
using Postern.Billing.Subscriptions;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Billing.Dunning;

/// <summary>While a renewal is owed, people hear of it when it fails, and again after three, seven and fourteen days. What they paid for until then goes on.</summary>
sealed class RemindJob(PosternDb db, IFulfilment fulfilment, TimeProvider clock) : IJobHandler
{
    public const string Kind = "billing_remind";

    /// <summary>Days after the failure; the first notice is the failure itself.</summary>
    static readonly int[] Days = [0, 3, 7, 14];

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var owing = await db.Set<Subscription>().AsNoTracking()
            .Where(s => s.FailingSince != null && s.Status == SubscriptionStatus.PastDue).Select(s => s.OrderId).ToListAsync(cancellation);
        foreach (var order in owing)
            await db.InTransactionAsync(() => RemindAsync(order, cancellation), static done => done, cancellation);
    }

    /// <summary>How many notices a failure of that age calls for.</summary>
    internal static int Due(TimeSpan age) => Days.Count(day => age >= TimeSpan.FromDays(day));

    async Task<bool> RemindAsync(Guid orderId, CancellationToken cancellation)
    {
        await LockOrder.ExecuteAsync(db, orderId, cancellation);
        var subscription = await db.Set<Subscription>().FirstAsync(s => s.OrderId == orderId, cancellation);
        if (subscription.FailingSince is not { } since || Due(clock.GetUtcNow() - since) is var due && due <= subscription.Reminders)
            return false;
        subscription.Reminders = due;
        await fulfilment.TellAsync(new(subscription.OrganizationId, orderId, NoticeKind.PaymentFailed), cancellation);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
