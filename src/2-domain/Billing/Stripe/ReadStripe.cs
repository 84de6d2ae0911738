using System.Text.Json;
using Postern.Billing.Accounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;

namespace Postern.Billing.Stripe;

/// <summary>Turns Stripe's objects into the states that billing knows.</summary>
static class ReadStripe
{
    public static SubscriptionState Subscription(JsonElement subscription, JsonElement? periodInvoice, JsonElement? charge, string failure)
    {
        var items = subscription.Items("items", "data").ToList();
        var (start, end) = (items.Max(i => i.Time("current_period_start")), items.Max(i => i.Time("current_period_end")));
        var metadata = subscription.GetProperty("metadata");
        int Count(string seat) => (int)items.Where(i => metadata.Text(seat) is { Length: > 0 } price && i.Text("price", "id") == price).Sum(i => i.Number("quantity"));
        var status = Status(subscription.Text("status"));
        return new(
            subscription.Text("id"), Guid.TryParse(metadata.Text("order_id"), out var order) ? order : null, status, new(Count("internal_price"), Count("external_price")),
            start, end, subscription.Text("status") == "trialing" || IsPaid(periodInvoice, end), subscription.Flag("cancel_at_period_end"))
        {
            Prices = [.. items.Select(i => i.Text("price", "id"))],
            Failure = failure,
            Revoked = charge is { } money ? money.Flag("disputed") ? RevokeReason.Disputed : money.Flag("refunded") ? RevokeReason.Refunded : null : null,
        };
    }

    public static CheckoutState? Checkout(JsonElement session) =>
        Guid.TryParse(session.Text("client_reference_id"), out var order)
            ? new(
                session.Text("id"), order,
                session.Text("status") switch { "complete" => CheckoutStatus.Complete, "expired" => CheckoutStatus.Expired, _ => CheckoutStatus.Open },
                session.Reference("subscription"))
            {
                Entered = session.Find("customer_details") is { } entered ? Entered(entered) : null,
            }
            : null;

    public static InvoiceSummary Invoice(JsonElement invoice) => new(
        invoice.Text("id"), invoice.Text("number"), invoice.Time("created"), invoice.Amount("total"), invoice.Amount("amount_remaining"),
        invoice.Text("status") switch
        {
            "open" => InvoiceStatus.Open,
            "paid" => InvoiceStatus.Paid,
            "uncollectible" => InvoiceStatus.Uncollectible,
            "void" => InvoiceStatus.Void,
            _ => InvoiceStatus.Draft,
        })
    {
        Refunded = invoice.Amount("post_payment_credit_notes_amount"),
        DueAt = invoice.Find("due_date") is null ? null : invoice.Time("due_date"),
        PayAt = invoice.Text("status") == "open" && Uri.TryCreate(invoice.Text("hosted_invoice_url"), UriKind.Absolute, out var page) ? page : null,
    };

    public static PaymentMethod Card(JsonElement method, string defaultId) => new(
        method.Text("id"), method.Text("card", "brand"), method.Text("card", "last4"), (int)method.Number("card", "exp_month"), (int)method.Number("card", "exp_year"),
        method.Text("id") == defaultId);

    public static TaxIdStatus TaxId(JsonElement taxId) => taxId.Text("verification", "status") switch
    {
        "verified" => TaxIdStatus.Verified,
        "unverified" => TaxIdStatus.Unverified,
        // Where no authority can be asked, nothing speaks against it.
        _ => TaxIdStatus.Pending,
    };

    static BillingAccountInput Entered(JsonElement customer) => new(
        customer.Text("name"), customer.Text("email"), customer.Text("phone"),
        customer.Text("address", "line1"), customer.Text("address", "line2"), customer.Text("address", "postal_code"), customer.Text("address", "city"),
        customer.Text("address", "state"), customer.Text("address", "country"), customer.Items("tax_ids").Select(t => t.Text("value")).FirstOrDefault() ?? "", PurchaseOrder: "");

    // The invoice is that of the present period only if a line reaches to its end: the next one may not have been written yet.
    static bool IsPaid(JsonElement? invoice, DateTimeOffset end) =>
        invoice is { } paid && paid.Text("status") == "paid" && paid.Items("lines", "data").Any(line => line.Time("period", "end") >= end);

    static SubscriptionStatus Status(string status) => status switch
    {
        "active" or "trialing" => SubscriptionStatus.Active,
        "past_due" => SubscriptionStatus.PastDue,
        "unpaid" or "paused" => SubscriptionStatus.Unpaid,
        "canceled" => SubscriptionStatus.Canceled,
        "incomplete_expired" => SubscriptionStatus.Expired,
        _ => SubscriptionStatus.Incomplete,
    };
}
