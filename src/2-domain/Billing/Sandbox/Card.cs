namespace Postern.Billing.Sandbox;

/// <summary>A test card on file. Of its number only the last four digits are kept.</summary>
public sealed class Card
{
    public string Id { get; set; } = "";

    public Guid OrganizationId { get; set; }

    public string Brand { get; set; } = "";

    public string Last4 { get; set; } = "";

    public int ExpiryMonth { get; set; }

    public int ExpiryYear { get; set; }

    public bool IsDefault { get; set; }

    public CardBehavior Behavior { get; set; }
}
