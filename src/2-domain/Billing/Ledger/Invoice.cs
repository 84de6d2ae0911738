using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Billing.Amounts;
using Postern.Billing.Providers;

namespace Postern.Billing.Ledger;

/// <summary>An invoice of our own, or a credit note. What is printed on it never changes; whether it is paid does.</summary>
public sealed class Invoice
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>Without gaps in each series.</summary>
    public string Number { get; set; } = "";

    /// <summary>The invoice that this credit note takes back; null for an invoice.</summary>
    public Guid? Credits { get; set; }

    public string Provider { get; set; } = "";

    public Guid OrganizationId { get; set; }

    public Guid OrderId { get; set; }

    public InvoiceReason Reason { get; set; }

    public InvoiceStatus Status { get; set; }

    public string Currency { get; set; } = "";

    public long TotalMinor { get; set; }

    /// <summary>The printed text, an <see cref="InvoiceDocument"/>.</summary>
    public JsonObject Document { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>The money went back, by a credit note.</summary>
    public DateTimeOffset? RefundedAt { get; set; }

    public DateTimeOffset PeriodStart { get; set; }

    public DateTimeOffset PeriodEnd { get; set; }

    /// <summary>Users that count once it is paid.</summary>
    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    /// <summary>Tries to collect it so far.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? NextAttemptAt { get; set; }

    public Money Total => new(TotalMinor, Currency);

    internal InvoiceDocument Read() => Document.Deserialize<InvoiceDocument>()!;
}

/// <summary>What an invoice is for.</summary>
public enum InvoiceReason
{
    /// <summary>The first period.</summary>
    Create,

    /// <summary>A further period.</summary>
    Cycle,

    /// <summary>More users within a period.</summary>
    Seats,
}

/// <summary>What is printed on an invoice.</summary>
/// <param name="SellerLines">Name, address and tax identifier of the seller.</param>
/// <param name="CustomerLines">Likewise of the customer.</param>
public sealed record InvoiceDocument(
    IReadOnlyList<string> SellerLines, IReadOnlyList<string> CustomerLines, IReadOnlyList<InvoiceItem> Items, Totals Totals, string TaxName, int TaxBasisPoints,
    IReadOnlyList<string> Notes, string Footer)
{
    /// <summary>The number of the invoice that this credit note takes back; empty for an invoice.</summary>
    public string Credits { get; init; } = "";

    public string PurchaseOrder { get; init; } = "";
}
