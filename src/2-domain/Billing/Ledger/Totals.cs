using Postern.Billing.Amounts;

namespace Postern.Billing.Ledger;

/// <summary>One line of an invoice.</summary>
/// <param name="Text">What it is for.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Unit">Price of one for the whole term, before tax.</param>
/// <param name="Amount">Price of the line, before tax; less than quantity times unit for a part of a term.</param>
public sealed record InvoiceItem(string Text, int Quantity, Money Unit, Money Amount);

/// <summary>What the lines of an invoice amount to. Tax is taken once, on the sum.</summary>
public sealed record Totals(Money Subtotal, Money Tax, Money Total)
{
    public static Totals Of(string currency, IEnumerable<InvoiceItem> items, int basisPoints)
    {
        var subtotal = items.Aggregate(Money.Zero(currency), static (sum, item) => sum + item.Amount);
        var tax = subtotal.Part(basisPoints, 10_000);
        return new(subtotal, tax, subtotal + tax);
    }
}
