namespace Postern.Billing.Taxes;

/// <summary>The value added tax of a country. Data that the vendor edits.</summary>
public sealed class TaxRate
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>ISO 3166-1 code of two capital letters.</summary>
    public string Country { get; set; } = "";

    /// <summary>Name on invoices, e.g. <c>VAT</c>.</summary>
    public string Name { get; set; } = "VAT";

    /// <summary>Hundredths of a percent: 2000 is 20 %.</summary>
    public int BasisPoints { get; set; }

    /// <summary>Member of the European VAT area: sales between members follow its rules (Directive 2006/112/EC, articles 44, 58 and 196).</summary>
    public bool InUnion { get; set; }
}

/// <summary>The shape of a country's tax identifiers. Data that the vendor edits.</summary>
public sealed class TaxIdFormat
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    /// <summary>ISO 3166-1 code of two capital letters.</summary>
    public string Country { get; set; } = "";

    /// <summary>The provider's name of this type, e.g. <c>eu_vat</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>What people call it, e.g. <c>VAT number</c>.</summary>
    public string Label { get; set; } = "";

    /// <summary>Regular expression over the whole identifier, in capitals and without spaces, dots and dashes.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>A well-formed identifier, shown with the refusal of others.</summary>
    public string Example { get; set; } = "";
}
