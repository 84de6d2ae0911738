using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
using Postern.Billing.Providers;

namespace Postern.Billing.Subscriptions;

/// <summary>What follows from a fetched state.</summary>
sealed record Decision(Entitlement? Grant, RevokeReason? Revoke, IReadOnlyList<BillingNotice> Notices);

/// <summary>
/// The state machine of subscriptions: compares what is known with what was fetched. It sees absolute states only, so the same state twice decides nothing the second time,
/// and a state that skipped some in between decides what they all together would have.
/// </summary>
static class Decide
{
    /// <summary>Brings order and subscription up to date, and answers what else is to do.</summary>
    public static Decision On(Order order, Subscription known, SubscriptionState state, Entitlement? last, DateTimeOffset now)
    {
        var notices = new List<BillingNotice>();
        void Tell(NoticeKind kind, string detail = "") => notices.Add(new(order.OrganizationId, order.Id, kind, detail));

        var before = (known.Status, known.CancelAtPeriodEnd);
        (known.Status, known.CancelAtPeriodEnd, known.UpdatedAt) = (state.Status, state.CancelAtPeriodEnd, now);
        (known.PeriodStart, known.PeriodEnd) = (state.PeriodStart, state.PeriodEnd);
        RevokeReason? revoke = !known.Revoked ? state.Revoked : null;
        known.Revoked |= revoke is not null;

        var grant = known.Revoked || order.Status is OrderStatus.Failed ? null : Grant(order, state, last, now);
        if (grant is { Revision: 1 } && Mismatch(order, state) is { } mismatch)
        {
            grant = null;
            order.Status = OrderStatus.Failed;
            Tell(NoticeKind.OrderFailed, mismatch);
        }
        if (grant is not null)
        {
            known.PaidThrough = grant.PaidThrough;
            order.Status = OrderStatus.Fulfilled;
        }
        else if (last is null && state.Status is SubscriptionStatus.Expired or SubscriptionStatus.Canceled && order.Status is not OrderStatus.Failed)
        {
            order.Status = OrderStatus.Failed;
            Tell(NoticeKind.OrderFailed, state.Failure);
        }

        Show(known, state, grant ?? last);
        if (last is null && grant is null)
            return new(grant, revoke, notices);
        TellOfPayment(known, state, now, Tell);
        if (before.CancelAtPeriodEnd != known.CancelAtPeriodEnd && IsAlive(known.Status))
            Tell(known.CancelAtPeriodEnd ? NoticeKind.Canceling : NoticeKind.Resumed);
        if (IsAlive(before.Status) && !IsAlive(known.Status))
            Tell(NoticeKind.Ended, state.Failure);
        return new(grant, revoke, notices);
    }

    // What was paid for counts until the period ends; fewer seats are a plan for the next.
    static void Show(Subscription known, SubscriptionState state, Entitlement? paid)
    {
        var seats = paid is null ? state.Seats : new SeatCount(paid.InternalUsers, paid.ExternalUsers);
        (known.InternalUsers, known.ExternalUsers) = (seats.Internal, seats.External);
        var next = seats == state.Seats ? null : state.Seats;
        (known.NextInternalUsers, known.NextExternalUsers) = (next?.Internal, next?.External);
    }

    static Entitlement? Grant(Order order, SubscriptionState state, Entitlement? last, DateTimeOffset now)
    {
        if (!state.IsPaid || state.Status is not SubscriptionStatus.Active)
            return null;
        var isNewPeriod = last is null || state.PeriodEnd > last.PaidThrough;
        var paidThrough = isNewPeriod ? state.PeriodEnd : last!.PaidThrough;
        var seats = isNewPeriod ? state.Seats : new(Math.Max(last!.InternalUsers, state.Seats.Internal), Math.Max(last.ExternalUsers, state.Seats.External));
        EntitlementReason? reason = last switch
        {
            null => EntitlementReason.Initial,
            _ when isNewPeriod => EntitlementReason.Renewal,
            _ when (last.InternalUsers, last.ExternalUsers) != (seats.Internal, seats.External) => EntitlementReason.Seats,
            _ => null,
        };
        return reason is { } why
            ? new Entitlement
            {
                OrderId = order.Id,
                Revision = (last?.Revision ?? 0) + 1,
                OrganizationId = order.OrganizationId,
                Reason = why,
                PlanCode = order.PlanCode,
                Nickname = order.Nickname,
                InstallId = order.InstallId,
                InternalUsers = seats.Internal,
                ExternalUsers = seats.External,
                PaidThrough = paidThrough,
                GrantedAt = now,
            }
            : null;
    }

    static string? Mismatch(Order order, SubscriptionState state) =>
        state.OrderId != order.Id ? "The payment names another order."
        : state.Prices.Count == 0 || state.Prices.Except(order.Prices, StringComparer.Ordinal).Any() ? "The payment is not at the prices of the order."
        : null;

    static void TellOfPayment(Subscription known, SubscriptionState state, DateTimeOffset now, Action<NoticeKind, string> tell)
    {
        if (state.Status is SubscriptionStatus.PastDue && known.FailingSince is null)
        {
            known.FailingSince = now;
            known.Reminders = 1;
            tell(NoticeKind.PaymentFailed, state.Failure);
        }
        else if (state.Status is SubscriptionStatus.Active && known.FailingSince is not null)
        {
            known.FailingSince = null;
            known.Reminders = 0;
            tell(NoticeKind.PaymentRecovered, "");
        }
    }

    static bool IsAlive(SubscriptionStatus status) => status is SubscriptionStatus.Active or SubscriptionStatus.PastDue;
}
