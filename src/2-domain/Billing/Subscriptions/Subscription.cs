namespace Postern.Billing.Subscriptions;

/// <summary>What a fulfilled or failing order has become at its provider, as last fetched from there. Its id is the order's.</summary>
public sealed class Subscription
{
    /// <summary>The order's id, which is also the licence's.</summary>
    public Guid OrderId { get; set; }

    public Guid OrganizationId { get; set; }

    public string Provider { get; set; } = "";

    /// <summary>The provider's name of it.</summary>
    public string ProviderId { get; set; } = "";

    public SubscriptionStatus Status { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    /// <summary>Seats from the next period on, where fewer were asked for; null when nothing changes.</summary>
    public int? NextInternalUsers { get; set; }

    public int? NextExternalUsers { get; set; }

    public DateTimeOffset PeriodStart { get; set; }

    public DateTimeOffset PeriodEnd { get; set; }

    /// <summary>Paid up to here: what keys are issued until. It never goes back.</summary>
    public DateTimeOffset? PaidThrough { get; set; }

    /// <summary>It ends with the period and is not renewed.</summary>
    public bool CancelAtPeriodEnd { get; set; }

    /// <summary>Refunded or charged back: nothing is issued any more.</summary>
    public bool Revoked { get; set; }

    /// <summary>When payment of the present invoice failed first; null while nothing is owed.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>How often people were told of the failure.</summary>
    public int Reminders { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>State of a subscription at its provider.</summary>
public enum SubscriptionStatus
{
    /// <summary>The first payment is not made.</summary>
    Incomplete,

    Active,

    /// <summary>A renewal is not paid; the provider tries again.</summary>
    PastDue,

    /// <summary>Given up after the last try.</summary>
    Unpaid,

    Canceled,

    /// <summary>The first payment was never made.</summary>
    Expired,
}
