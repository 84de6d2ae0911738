using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Billing.Providers;

namespace Postern.Billing.Stripe;

/// <summary>What an event of Stripe is about.</summary>
static class StripeNews
{
    /// <summary>The events to ask for when the endpoint is made; others are kept and lead to nothing.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed", "checkout.session.expired",
        "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted", "customer.subscription.paused", "customer.subscription.resumed",
        "customer.subscription.pending_update_applied", "customer.subscription.pending_update_expired",
        "invoice.finalized", "invoice.finalization_failed", "invoice.paid", "invoice.payment_failed", "invoice.payment_action_required", "invoice.overdue", "invoice.voided",
        "invoice.marked_uncollectible", "customer.updated", "customer.tax_id.created", "customer.tax_id.updated", "customer.tax_id.deleted",
        "charge.refunded", "charge.dispute.created", "charge.dispute.closed",
    ];

    public static ProviderNews Read(JsonElement news) =>
        new(news.Text("id"), news.Text("type"), SubjectOf(news.Text("type"), news.GetProperty("data").GetProperty("object")), news.Time("created"), JsonObject.Create(news)!);

    static Subject SubjectOf(string type, JsonElement about) => type switch
    {
        _ when type.StartsWith("checkout.session.", StringComparison.Ordinal) => about.Text("mode") == "subscription" ? new(SubjectKind.Checkout, about.Text("id")) : Nothing,
        _ when type.StartsWith("customer.subscription.", StringComparison.Ordinal) => new(SubjectKind.Subscription, about.Text("id")),
        _ when type.StartsWith("invoice.", StringComparison.Ordinal) => Of(SubjectKind.Subscription, about.Reference("parent", "subscription_details", "subscription")),
        _ when type.StartsWith("customer.tax_id.", StringComparison.Ordinal) => Of(SubjectKind.Customer, about.Reference("customer")),
        "customer.updated" => new(SubjectKind.Customer, about.Text("id")),
        // A charge does not name its subscription: all of the customer's are looked at.
        "charge.refunded" => Of(SubjectKind.Customer, about.Reference("customer")),
        "charge.dispute.created" or "charge.dispute.closed" => Of(SubjectKind.Charge, about.Reference("charge")),
        _ => Nothing,
    };

    static Subject Of(SubjectKind kind, string id) => id.Length > 0 ? new(kind, id) : Nothing;

    static Subject Nothing => new(SubjectKind.None, "");
}
