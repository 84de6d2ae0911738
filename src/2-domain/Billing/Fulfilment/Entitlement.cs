namespace Postern.Billing.Fulfilment;

/// <summary>What has been paid for: the whole content of one licence revision. Kept, one row for each revision, and never changed.</summary>
public sealed class Entitlement
{
    /// <summary>The order; use it as the licence's id.</summary>
    public Guid OrderId { get; set; }

    /// <summary>1, 2, 3, ... without gaps for each order; the database refuses a second of the same number.</summary>
    public int Revision { get; set; }

    public Guid OrganizationId { get; set; }

    public EntitlementReason Reason { get; set; }

    public string PlanCode { get; set; } = "";

    public string Nickname { get; set; } = "";

    public Guid InstallId { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    /// <summary>The key ends here.</summary>
    public DateTimeOffset PaidThrough { get; set; }

    public DateTimeOffset GrantedAt { get; set; }
}

/// <summary>Why there is a revision.</summary>
public enum EntitlementReason
{
    Initial,

    /// <summary>Paid for a further period.</summary>
    Renewal,

    /// <summary>The number of users changed.</summary>
    Seats,
}
