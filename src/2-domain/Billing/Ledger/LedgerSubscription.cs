using Postern.Billing.Amounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;

namespace Postern.Billing.Ledger;

/// <summary>The books' own record of a subscription: what a provider elsewhere would keep. The portal sees it through <see cref="IBillingProvider"/> only.</summary>
public sealed class LedgerSubscription
{
    public string Id { get; set; } = "";

    public string Provider { get; set; } = "";

    public Guid OrganizationId { get; set; }

    public Guid OrderId { get; set; }

    public string PlanName { get; set; } = "";

    public int TermMonths { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>Price of one user for one term, as bought; null where the plan has no such users.</summary>
    public long? InternalUnitMinor { get; set; }

    public long? ExternalUnitMinor { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    public SubscriptionStatus Status { get; set; }

    public DateTimeOffset PeriodStart { get; set; }

    public DateTimeOffset PeriodEnd { get; set; }

    /// <summary>Paid up to here; null before the first payment.</summary>
    public DateTimeOffset? PaidUntil { get; set; }

    public bool CancelAtPeriodEnd { get; set; }

    public bool Refunded { get; set; }

    /// <summary>Why the last payment failed; empty when it did not.</summary>
    public string Failure { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }

    public Period Period => new(PeriodStart, PeriodEnd);

    public SeatCount Seats => new(InternalUsers, ExternalUsers);

    public bool IsAlive => Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue;

    /// <summary>Kinds of users that are priced, with their prices.</summary>
    internal IEnumerable<(SeatType Type, Money Unit)> Units()
    {
        if (InternalUnitMinor is { } one)
            yield return (SeatType.Internal, new(one, Currency));
        if (ExternalUnitMinor is { } other)
            yield return (SeatType.External, new(other, Currency));
    }

    internal SubscriptionState State() => new(Id, OrderId, Status, Seats, PeriodStart, PeriodEnd, PaidUntil >= PeriodEnd, CancelAtPeriodEnd)
    {
        Revoked = Refunded ? RevokeReason.Refunded : null,
        Prices = [.. Units().Select(u => LedgerProvider.NameOf(u.Type, u.Unit))],
        Failure = Failure,
    };
}
