namespace Postern.Portal.Support;

/// <summary>Something an organization asks the vendor for.</summary>
public sealed class Ticket
{
    public const int MaxSubject = 200;
    public const int MaxText = 20_000;

    public long Id { get; set; }

    public Guid OrganizationId { get; set; }

    public TicketTopic Topic { get; set; }

    public string Subject { get; set; } = "";

    public TicketStatus Status { get; set; }

    public string OpenedBy { get; set; } = "";

    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>What a ticket is about.</summary>
public enum TicketTopic
{
    /// <summary>The product, or anything else.</summary>
    Question,

    /// <summary>Another number of users.</summary>
    Upgrade,

    Billing,

    Sales,

    /// <summary>Deletion of the organization.</summary>
    Deletion,
}

/// <summary>Whose turn it is.</summary>
public enum TicketStatus
{
    /// <summary>The vendor's.</summary>
    Open,

    /// <summary>The customer's.</summary>
    Answered,

    Closed,
}

/// <summary>One message of a ticket.</summary>
public sealed class TicketMessage
{
    public long Id { get; set; }

    public long TicketId { get; set; }

    public string Author { get; set; } = "";

    public string AuthorName { get; set; } = "";

    /// <summary>Written by the vendor.</summary>
    public bool IsStaff { get; set; }

    public string Text { get; set; } = "";

    public DateTimeOffset At { get; set; }
}
