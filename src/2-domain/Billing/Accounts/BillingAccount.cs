namespace Postern.Billing.Accounts;

/// <summary>To whom the invoices of an organisation go. Organisations are known by their id alone.</summary>
public sealed class BillingAccount
{
    public Guid OrganizationId { get; set; }

    /// <summary>Name on invoices.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where invoices are mailed.</summary>
    public string Email { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Line1 { get; set; } = "";

    public string Line2 { get; set; } = "";

    public string PostalCode { get; set; } = "";

    public string City { get; set; } = "";

    public string State { get; set; } = "";

    /// <summary>ISO 3166-1 code of two capital letters.</summary>
    public string Country { get; set; } = "";

    /// <summary>Tidied tax identifier; empty for none.</summary>
    public string TaxId { get; set; } = "";

    /// <summary>Whether somebody with authority confirmed the tax identifier.</summary>
    public TaxIdStatus TaxIdStatus { get; set; }

    /// <summary>The customer's own order number, printed on invoices.</summary>
    public string PurchaseOrder { get; set; } = "";

    /// <summary>What the organisation pays in; chosen with its first order, then fixed. Empty before.</summary>
    public string Currency { get; set; } = "";
}

/// <summary>How far a tax identifier is known to be real.</summary>
public enum TaxIdStatus
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Well formed, not asked about.</summary>
    Pending,

    Verified,

    /// <summary>An authority does not know it.</summary>
    Unverified,
}

/// <summary>An organisation's name at a payment provider.</summary>
public sealed class Customer
{
    public Guid OrganizationId { get; set; }

    public string Provider { get; set; } = "";

    public string CustomerId { get; set; } = "";
}
