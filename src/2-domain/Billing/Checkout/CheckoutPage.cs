using System.Globalization;
using System.Net;
using Postern.Billing.Ledger;
using Postern.Billing.Plans;
using Postern.Billing.Sandbox;
using Postern.Billing.Taxes;
using Postern.Kernel;

namespace Postern.Billing.Checkout;

/// <summary>Writes the checkout pages. They stand in for pages of a provider, so they look like no page of the portal and say what they are.</summary>
static class CheckoutPage
{
    public static string Form(FoundCheckout found, CheckoutForm form, FieldErrors errors, Totals? totals, TaxDecision? tax)
    {
        var isSandbox = found.Checkout.Provider == SandboxProvider.ProviderName;
        var title = found.Order is null ? "Add a card" : isSandbox ? "Pay by card" : "Pay by bank transfer";
        string[] body =
        [
            isSandbox ? Banner() : "",
            $"<h1>{title}</h1>",
            Summary(errors),
            $"<form method=\"post\" action=\"/checkout/{Text(found.Checkout.Id)}\">",
            found.Order is null ? "" : Seats(found, form, errors) + Sums(totals!, tax!) + Account(form, errors),
            isSandbox ? Card(errors) : Transfer(found.Seller),
            $"<button type=\"submit\" name=\"action\" value=\"pay\">{(found.Order is null ? "Add card" : "Subscribe")}</button></form>",
            $"<p><a href=\"{Text(found.Checkout.Cancel)}\">Go back without {(found.Order is null ? "adding a card" : "ordering")}</a></p>",
        ];
        return Page(title, string.Concat(body));
    }

    public static string Confirm(FoundCheckout found) => Page("Confirm", $"""
        {Banner()}
        <h1>Your bank asks</h1>
        <p>A real bank would now ask you to confirm this {(found.Order is null ? "card" : "payment")}.</p>
        <form method="post" action="/checkout/{Text(found.Checkout.Id)}/confirm">
        <button type="submit" name="action" value="confirm">Confirm</button>
        <button type="submit" name="action" value="refuse" class="plain">Refuse</button>
        </form>
        """);

    public static string Gone() => Page("Checkout closed", "<h1>This checkout is closed</h1><p>It was used already, or it has run out. The portal shows your order.</p><p><a href=\"/organizations\">To the portal</a></p>");

    /// <summary>What is wrong, at the head of the page, each leading to its field.</summary>
    static string Summary(FieldErrors errors)
    {
        var lines = errors.Fields.SelectMany(field => errors[field].Select(error => field is FieldErrors.NonField ? Text(error) : $"<a href=\"#{Text(field)}\">{Text(error)}</a>"));
        return errors.Any ? $"<div class=\"wrong\" role=\"alert\"><strong>Please correct this</strong><ul><li>{string.Join("</li><li>", lines)}</li></ul></div>" : "";
    }

    static string Banner()
    {
        var cards = string.Concat(TestCards.All.Select(c => $"<li><code>{TestCards.Spaced(c.Key)}</code> {c.Value.Explanation}</li>"));
        return $"<aside><strong>Sandbox.</strong> No money moves. Test cards, with any date to come and any code: <ul>{cards}</ul></aside>";
    }

    static string Seats(FoundCheckout found, CheckoutForm form, FieldErrors errors)
    {
        var fields = found.Prices.Select(price =>
        {
            var (name, label, count) = price.Type is SeatType.Internal ? ("internal_users", "Internal users", form.Seats.Internal) : ("external_users", "External users", form.Seats.External);
            var text = Math.Max(0, count).ToString(CultureInfo.InvariantCulture);
            return Field(name, $"{label}, {price.Unit} each for {found.Plan!.TermMonths} months", text, errors, "inputmode=\"numeric\" required");
        });
        return $"<fieldset><legend>{Text(found.Plan!.Name)}</legend>{string.Concat(fields)}"
            + "<button type=\"submit\" name=\"action\" value=\"update\" class=\"plain\" formnovalidate>Update total</button></fieldset>";
    }

    static string Sums(Totals totals, TaxDecision tax)
    {
        var rate = tax.Name.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{tax.Name} {tax.BasisPoints / 100m:0.##} %") : "Tax";
        var note = tax.Note.Length > 0 ? $"<p>{Text(tax.Note)}</p>" : "";
        return $"<dl><dt>Subtotal</dt><dd>{totals.Subtotal}</dd><dt>{Text(rate)}</dt><dd>{totals.Tax}</dd><dt>Total</dt><dd><strong>{totals.Total}</strong></dd></dl>{note}";
    }

    static string Account(CheckoutForm form, FieldErrors errors)
    {
        var a = form.Account;
        return "<fieldset><legend>Bill to</legend>"
            + Field("name", "Name of the company or person", a.Name, errors, "required autocomplete=\"organization\"")
            + Field("email", "E-mail", a.Email, errors, "type=\"email\" required autocomplete=\"email\"")
            + Field("line1", "Street and number", a.Line1, errors, "required autocomplete=\"address-line1\"")
            + Field("line2", "Further line (optional)", a.Line2, errors, "autocomplete=\"address-line2\"")
            + Field("postal_code", "Postal code", a.PostalCode, errors, "required autocomplete=\"postal-code\"")
            + Field("city", "City", a.City, errors, "required autocomplete=\"address-level2\"")
            + Field("state", "State or province (optional)", a.State, errors, "autocomplete=\"address-level1\"")
            + CountryField(a.Country, errors)
            + Field("phone", "Phone (optional)", a.Phone, errors, "type=\"tel\" autocomplete=\"tel\"")
            + Field("tax_id", "Tax ID (optional)", a.TaxId, errors, "")
            + Field("purchase_order", "Your order number (optional)", a.PurchaseOrder, errors, "")
            + "</fieldset>";
    }

    static string Transfer(Seller seller) =>
        $"<fieldset><legend>Bank transfer</legend><p>You get an invoice to pay within {seller.PaymentDays} days. Your license is issued when the money has come in.</p>"
        + (seller.BankDetails.Length > 0 ? $"<p class=\"lines\">{Text(seller.BankDetails)}</p></fieldset>" : "</fieldset>");

    static string Card(FieldErrors errors) => "<fieldset><legend>Card</legend>"
        + Field("card_number", "Number", "", errors, "inputmode=\"numeric\" required autocomplete=\"off\"")
        + Field("card_expiry", "Valid until, MM/YY", "", errors, "required autocomplete=\"off\"")
        + Field("card_code", "Code", "", errors, "inputmode=\"numeric\" required autocomplete=\"off\"")
        + "</fieldset>";

    static string CountryField(string chosen, FieldErrors errors)
    {
        var (mark, text) = Wrong("country", errors);
        var options = Countries.With(chosen).Select(c => $"<option value=\"{Text(c.Code)}\"{(c.Code == chosen ? " selected" : "")}>{Text(c.Name)}</option>");
        return $"<label for=\"country\">Country</label><select id=\"country\" name=\"country\" required autocomplete=\"country\"{mark}><option value=\"\">Choose</option>{string.Concat(options)}</select>{text}";
    }

    static string Field(string name, string label, string value, FieldErrors errors, string attributes)
    {
        var (mark, text) = Wrong(name, errors);
        return $"<label for=\"{name}\">{Text(label)}</label><input id=\"{name}\" name=\"{name}\" value=\"{Text(value)}\" {attributes}{mark}>{text}";
    }

    static (string Mark, string Text) Wrong(string name, FieldErrors errors) => errors[name] is { Count: > 0 } wrong
        ? ($" aria-invalid=\"true\" aria-describedby=\"{name}-error\"", $"<span class=\"error\" id=\"{name}-error\">{Text(string.Join(' ', wrong))}</span>")
        : ("", "");

    static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><link rel="stylesheet" href="/checkout/checkout.css"></head>
        <body><main>{body}</main></body>
        </html>
        """;

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
