using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Subscriptions;

/// <summary>
/// Changes the number of users of a subscription: more are charged at once, by the second until the end of the period; fewer count from the next period. Whoever calls has
/// checked that the caller is an owner. Faults: not found, invalid (fields <c>internal_users</c>, <c>external_users</c>), and what the provider answers (card declined).
/// </summary>
public sealed class ChangeSeats(PosternDb db, FindSubscription find, PriceSeats prices, RefreshSubscription refresh, TimeProvider clock)
{
    /// <summary>What the change would cost. Hand <see cref="ChangePreview.At"/> to <see cref="ExecuteAsync"/>, so that what was shown is what is charged.</summary>
    public async Task<Result<ChangePreview>> PreviewAsync(Guid organizationId, Guid orderId, SeatCount seats, CancellationToken cancellation)
    {
        if (!(await ReadAsync(organizationId, orderId, seats, clock.GetUtcNow(), cancellation)).Succeeded(out var wish, out var fault))
            return fault;
        return await wish.Found.Provider.PreviewChangeAsync(wish.Change, cancellation);
    }

    /// <param name="at">The preview's moment, at most an hour ago.</param>
    public async Task<Result<Subscription>> ExecuteAsync(Guid organizationId, Guid orderId, SeatCount seats, DateTimeOffset at, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (at > now || at < now.AddHours(-1))
            return Fault.Input("This preview is too old. Please look at the price again.");
        if (!(await ReadAsync(organizationId, orderId, seats, at, cancellation)).Succeeded(out var wish, out var fault))
            return fault;
        if ((await wish.Found.Provider.ApplyChangeAsync(wish.Change, cancellation)).Fault is { } refused)
            return refused;
        return await refresh.ExecuteAsync(organizationId, orderId, cancellation);
    }

    async Task<Result<(FoundSubscription Found, SeatChange Change)>> ReadAsync(
        Guid organizationId, Guid orderId, SeatCount seats, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(organizationId, orderId, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        var subscription = found.Subscription;
        var errors = new FieldErrors();
        var sold = await db.Set<Price>().Where(p => p.PlanId == found.Plan.Id && p.Currency == found.Order.Currency).Select(p => p.Seat).ToListAsync(cancellation);
        PlaceOrder.CheckSeats(found.Plan, sold, seats, errors);
        if (!found.IsAlive)
            errors.Add(FieldErrors.NonField, "This subscription has ended.");
        else if (subscription.FailingSince is not null)
            errors.Add(FieldErrors.NonField, "Please pay the open invoice first.");
        else if (!seats.AtLeast(found.Paid) && !found.Paid.AtLeast(seats))
            errors.Add(FieldErrors.NonField, "Please add and remove users in two steps.");
        else if (subscription.NextInternalUsers is not null && !found.Paid.AtLeast(seats))
            errors.Add(FieldErrors.NonField, "Fewer users are planned for the next period. Please go back to the present numbers first.");
        if (errors.Any)
            return new Fault.Invalid(errors);
        var priced = await prices.ExecuteAsync(found.Plan, found.Order.Currency, seats, cancellation);
        var atRenewal = found.Paid.AtLeast(seats);
        return (found, new SeatChange(subscription.ProviderId, found.CustomerId, priced, at, atRenewal));
    }
}
