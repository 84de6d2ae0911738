namespace Postern.Billing.Ledger;

/// <summary>A page of our own where a customer pays an order, or enters a card. Its unguessable id is the right to use it.</summary>
public sealed class LedgerCheckout
{
    public string Id { get; set; } = "";

    public string Provider { get; set; } = "";

    public Guid OrganizationId { get; set; }

    /// <summary>Null when only a card is entered.</summary>
    public Guid? OrderId { get; set; }

    public string Success { get; set; } = "";

    public string Cancel { get; set; } = "";

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>It was used.</summary>
    public bool IsDone { get; set; }

    /// <summary>The card on file that waits for its owner's confirmation; empty for none.</summary>
    public string Confirming { get; set; } = "";

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }
}
