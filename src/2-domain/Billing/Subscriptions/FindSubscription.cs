using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Subscriptions;

/// <summary>A subscription with everything that changing it needs.</summary>
public sealed record FoundSubscription(Subscription Subscription, Order Order, Plan Plan, IBillingProvider Provider, string CustomerId)
{
    public SeatCount Paid => new(Subscription.InternalUsers, Subscription.ExternalUsers);

    public bool IsAlive => Subscription is { Status: SubscriptionStatus.Active or SubscriptionStatus.PastDue, Revoked: false };
}

/// <summary>Finds an organisation's subscription by its order. Faults: not found.</summary>
public sealed class FindSubscription(PosternDb db, BillingProviders providers)
{
    public async Task<Result<FoundSubscription>> ExecuteAsync(Guid organizationId, Guid orderId, CancellationToken cancellation)
    {
        var found = await (
            from s in db.Set<Subscription>().AsNoTracking()
            join o in db.Set<Order>().AsNoTracking() on s.OrderId equals o.Id
            join p in db.Set<Plan>().AsNoTracking() on o.PlanCode equals p.Code
            join c in db.Set<Accounts.Customer>().AsNoTracking() on new { s.OrganizationId, s.Provider } equals new { c.OrganizationId, c.Provider }
            where s.OrderId == orderId && s.OrganizationId == organizationId
            select new { s, o, p, c.CustomerId }).FirstOrDefaultAsync(cancellation);
        // One whose provider this portal has no more cannot be changed here.
        return found is not null && providers.Find(found.s.Provider) is { } provider
            ? new FoundSubscription(found.s, found.o, found.p, provider, found.CustomerId)
            : new Fault.NotFound("Subscription");
    }
}
