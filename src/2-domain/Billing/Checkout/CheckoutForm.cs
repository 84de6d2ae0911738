using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postern.Billing.Accounts;
using Postern.Billing.Providers;

namespace Postern.Billing.Checkout;

/// <summary>What a customer has entered on a checkout page of our own. Card numbers are never kept and never shown again.</summary>
sealed record CheckoutForm(SeatCount Seats, BillingAccountInput Account, string CardNumber, string CardExpiry, string CardCode)
{
    public static CheckoutForm From(IFormCollection form)
    {
        string Text(string name) => form[name].ToString();
        return new(
            new(Count(Text("internal_users")), Count(Text("external_users"))),
            new(Text("name"), Text("email"), Text("phone"), Text("line1"), Text("line2"), Text("postal_code"), Text("city"), Text("state"), Text("country"), Text("tax_id"), Text("purchase_order")),
            new string([.. Text("card_number").Where(c => !char.IsWhiteSpace(c))]), Text("card_expiry").Trim(), Text("card_code").Trim());
    }

    public static CheckoutForm From(BillingAccount account, SeatCount seats) => new(
        seats,
        new(account.Name, account.Email, account.Phone, account.Line1, account.Line2, account.PostalCode, account.City, account.State, account.Country, account.TaxId, account.PurchaseOrder),
        "", "", "");

    /// <summary>Month and year of <c>MM/YY</c>; null for anything else.</summary>
    public (int Month, int Year)? Expiry =>
        CardExpiry.Split('/', StringSplitOptions.TrimEntries) is [var month, { Length: 2 } year]
        && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            ? (m, 2000 + y)
            : null;

    // What is no number is refused like one that is too small.
    static int Count(string text) => text.Trim().Length == 0 ? 0 : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;
}
