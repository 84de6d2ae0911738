using Postern.Storage.Kinds;

namespace Postern.Billing.Taxes;

/// <summary>The declaration of tax rates.</summary>
public static class TaxRateKind
{
    public static readonly ModelKind<TaxRate> Kind = ModelKind<TaxRate>.Declare("billing.tax_rate", static (k, kind) =>
    {
        k.Labels("Tax rate", "Tax rates").Table("billing_tax_rate").NotInBlueprints();
        k.Key(t => t.Id, "id");
        k.Text("country", t => t.Country).Required().Unique().Help(TaxKinds.CountryHelp);
        k.Text("name", t => t.Name).Help("As it stands on invoices.");
        k.Integer("basis_points", t => t.BasisPoints, minimum: 0, maximum: 10000).Required().Label("Rate in hundredths of a percent").Help("2000 is 20 %.");
        k.Boolean("in_union", t => t.InUnion).Label("In the European VAT area").Help("Companies in other countries of it owe the tax themselves.");
        k.Search(t => t.Country);
        k.Order("country");
        k.Validate(static (rate, context) => TaxKinds.CheckCountry(rate.Country, context));
    });
}

/// <summary>The declaration of tax identifiers' formats.</summary>
public static class TaxIdFormatKind
{
    public static readonly ModelKind<TaxIdFormat> Kind = ModelKind<TaxIdFormat>.Declare("billing.tax_id_format", static (k, kind) =>
    {
        k.Labels("Tax ID format", "Tax ID formats").Table("billing_tax_id_format").NotInBlueprints();
        k.Key(t => t.Id, "id");
        k.Text("country", t => t.Country).Required().Unique().Help(TaxKinds.CountryHelp);
        k.Text("type", t => t.Type).Required().Help("Stripe's name of the type, such as eu_vat.");
        k.Text("label", t => t.Label).Required().Label("Name").Help("What people call it, such as VAT number.");
        k.Text("pattern", t => t.Pattern).Required().Help("A regular expression over the whole identifier, in capitals and without spaces, dots and dashes.");
        k.Text("example", t => t.Example).Required().Help("Shown to whoever enters something else.");
        k.Search(t => t.Country);
        k.Order("country");
        k.Validate(static (format, context) => TaxKinds.CheckCountry(format.Country, context));
        k.Validate(static (format, context) =>
        {
            if (TaxIds.Compile(format.Pattern) is not { } pattern)
                context.Errors.Add("pattern", "This is not a regular expression.");
            else if (!TaxIds.Fits(pattern, TaxIds.Tidy(format.Example)))
                context.Errors.Add("example", "The example does not match the pattern.");
        });
    });
}

/// <summary>The declaration of the seller.</summary>
public static class SellerKind
{
    public static readonly ModelKind<Seller> Kind = ModelKind<Seller>.Declare("billing.seller", static (k, kind) =>
    {
        k.Labels("Seller", "Seller").Table("billing_seller").NotInBlueprints();
        k.Key(s => s.Id, "id");
        k.Text("name", s => s.Name).Required().Unique();
        k.LongText("address", s => s.Address).Help("Stands on invoices, one line each.");
        k.Text("country", s => s.Country).Required().Help($"Where you are taxed. {TaxKinds.CountryHelp}");
        k.Text("tax_id", s => s.TaxId).Label("Tax ID");
        k.LongText("bank_details", s => s.BankDetails).Label("Bank account").Help("Where invoices are paid, one line each.");
        k.Text("invoice_prefix", s => s.InvoicePrefix).Help("Numbers of invoices begin with it.");
        k.Integer("payment_days", s => s.PaymentDays, minimum: 0, maximum: 365).Label("Days to pay a bank transfer");
        k.LongText("reverse_charge_text", s => s.ReverseChargeText).Label("Text where the customer owes the tax");
        k.LongText("export_text", s => s.ExportText).Label("Text where no tax is taken");
        k.LongText("footer", s => s.Footer).Label("Foot of invoices");
        k.Order("name");
        k.Validate(static (seller, context) => TaxKinds.CheckCountry(seller.Country, context));
    });
}

static class TaxKinds
{
    public const string CountryHelp = "Two capital letters, such as DE.";

    public static void CheckCountry(string country, SaveContext context)
    {
        if (!IsCountry(country))
            context.Errors.Add("country", "A country is two capital letters, such as DE.");
    }

    public static bool IsCountry(string country) => country.Length == 2 && country.All(char.IsAsciiLetterUpper);
}
