using Postern.Billing.Accounts;

namespace Postern.Billing.Taxes;

/// <summary>The tax on a sale.</summary>
/// <param name="Note">What the invoice must say about it; empty for nothing.</param>
public sealed record TaxDecision(string Name, int BasisPoints, string Note);

/// <summary>Which country's tax a sale of electronic services carries.</summary>
public static class DecideTax
{
    /// <summary>
    /// At home: our rate. Between two members of the European VAT area: none for a business, which owes it itself (article 196 of Directive 2006/112/EC), else the rate of the
    /// customer's country (article 58). Anywhere else: none. A tax identifier found false makes no business.
    /// </summary>
    public static TaxDecision Of(Seller seller, BillingAccount customer, IReadOnlyDictionary<string, TaxRate> rates)
    {
        var home = rates.GetValueOrDefault(seller.Country);
        var there = rates.GetValueOrDefault(customer.Country);
        if (customer.Country == seller.Country)
            return Charged(home);
        if (home is not { InUnion: true } || there is not { InUnion: true })
            return new("", 0, seller.ExportText);
        var isBusiness = customer.TaxIdStatus is TaxIdStatus.Pending or TaxIdStatus.Verified;
        return isBusiness ? new(there.Name, 0, seller.ReverseChargeText) : Charged(there);
    }

    static TaxDecision Charged(TaxRate? rate) => rate is null ? new("", 0, "") : new(rate.Name, rate.BasisPoints, "");
}
