namespace Postern.Portal.Organizations;

/// <summary>A customer: it owns licenses, pays for them, and has members.</summary>
public sealed class Organization
{
    public const int MaxName = 100;

    public Guid Id { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    /// <summary>Where reminders, receipts and news of licenses go.</summary>
    public string NotificationEmail { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    /// <summary>Deleted by support; kept for the time the law demands.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>Somebody's part in an organization.</summary>
public sealed class Membership
{
    public Guid OrganizationId { get; set; }

    public string Subject { get; set; } = "";

    public Role Role { get; set; }

    public DateTimeOffset Since { get; set; }

    public string AddedBy { get; set; } = "";
}

/// <summary>What a member may do.</summary>
public enum Role
{
    /// <summary>Sees licenses with their keys.</summary>
    Member,

    /// <summary>Also invites and removes members, orders and renews licenses, edits the organization, pays.</summary>
    Owner,
}
