namespace Postern.Billing.Taxes;

/// <summary>Who sells: what stands at the head and foot of invoices. There is one, edited by the vendor.</summary>
public sealed class Seller
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    /// <summary>Postal address, one line each.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where the seller is taxed: ISO 3166-1 code of two capital letters.</summary>
    public string Country { get; set; } = "";

    public string TaxId { get; set; } = "";

    /// <summary>Where to pay invoices by bank transfer.</summary>
    public string BankDetails { get; set; } = "";

    /// <summary>Before the number of each invoice, e.g. <c>INV-</c>.</summary>
    public string InvoicePrefix { get; set; } = "INV-";

    /// <summary>Days to pay an invoice by bank transfer.</summary>
    public int PaymentDays { get; set; } = 30;

    /// <summary>On invoices where the customer owes the tax.</summary>
    public string ReverseChargeText { get; set; } = "";

    /// <summary>On invoices to countries whose tax is not ours to take.</summary>
    public string ExportText { get; set; } = "";

    /// <summary>At the foot of each invoice.</summary>
    public string Footer { get; set; } = "";
}
