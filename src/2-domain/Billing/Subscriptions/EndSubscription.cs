using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Subscriptions;

/// <summary>
/// Lets a subscription end with its period, or takes that back. The licence stays valid until the period ends. Whoever calls has checked that the caller is an owner.
/// Faults: not found, invalid (it has ended), and what the provider answers.
/// </summary>
public sealed class EndSubscription(PosternDb db, FindSubscription find, RefreshSubscription refresh)
{
    /// <summary>For a licence that the vendor takes back: it is not renewed, and nothing is issued for it any more. Whoever calls has checked that the caller is support staff.</summary>
    public async Task<Result<Unit>> ForGoodAsync(Guid organizationId, Guid orderId, CancellationToken cancellation)
    {
        if ((await find.ExecuteAsync(organizationId, orderId, cancellation)).Succeeded(out var found, out _) && found is { IsAlive: true, Subscription.CancelAtPeriodEnd: false }
            && (await CancelAsync(organizationId, orderId, cancellation)).Fault is { } fault)
            return fault;
        await db.Set<Subscription>().Where(s => s.OrderId == orderId && s.OrganizationId == organizationId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Revoked, true), cancellation);
        return Unit.Value;
    }

    public Task<Result<Subscription>> CancelAsync(Guid organizationId, Guid orderId, CancellationToken cancellation) => SetAsync(organizationId, orderId, ends: true, cancellation);

    public Task<Result<Subscription>> ResumeAsync(Guid organizationId, Guid orderId, CancellationToken cancellation) => SetAsync(organizationId, orderId, ends: false, cancellation);

    async Task<Result<Subscription>> SetAsync(Guid organizationId, Guid orderId, bool ends, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(organizationId, orderId, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        if (!found.IsAlive)
            return Fault.Input("This subscription has ended.");
        var id = found.Subscription.ProviderId;
        var answer = ends ? await found.Provider.CancelAsync(id, cancellation) : await found.Provider.ResumeAsync(id, cancellation);
        return answer.Fault is { } refused ? refused : await refresh.ExecuteAsync(organizationId, orderId, cancellation);
    }
}
