using Postern.Kernel;

namespace Postern.Billing.Subscriptions;

/// <summary>
/// Lets a subscription end with its period, or takes that back. The licence stays valid until the period ends. Whoever calls has checked that the caller is an owner.
/// Faults: not found, invalid (it has ended), and what the provider answers.
/// </summary>
public sealed class EndSubscription(FindSubscription find, RefreshSubscription refresh)
{
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
