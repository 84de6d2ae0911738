namespace Postern.Billing.Orders;

/// <summary>One purchase: one plan for one installation. It becomes at most one subscription, and that one licence.</summary>
public sealed class Order
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }

    public string PlanCode { get; set; } = "";

    /// <summary>What the customer calls the licence; may be empty.</summary>
    public string Nickname { get; set; } = "";

    /// <summary>The installation that the licence is for.</summary>
    public Guid InstallId { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    public string Currency { get; set; } = "";

    public OrderStatus Status { get; set; }

    /// <summary>Name of the provider that takes the payment.</summary>
    public string Provider { get; set; } = "";

    /// <summary>The provider's checkout; empty before there is one.</summary>
    public string CheckoutId { get; set; } = "";

    /// <summary>The prices it was offered at, in the provider's names.</summary>
    public List<string> Prices { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Subject of the person who ordered, as the portal knows people.</summary>
    public string OrderedBy { get; set; } = "";
}

/// <summary>How far an order has come.</summary>
public enum OrderStatus
{
    /// <summary>Nothing was sent to the provider yet.</summary>
    Draft,

    /// <summary>The customer is at the provider's checkout.</summary>
    Checkout,

    /// <summary>The customer has finished; the payment is not validated yet.</summary>
    Processing,

    /// <summary>Paid; the licence was issued.</summary>
    Fulfilled,

    /// <summary>The checkout was left until it closed.</summary>
    Expired,

    /// <summary>The payment failed for good, or does not match the order.</summary>
    Failed,
}
