using System.Text.Json;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Billing.Stripe;

/// <summary>Fetches a subscription together with what tells whether its present period is paid for, and whether that money went back.</summary>
sealed class StripeState(StripeClient stripe)
{
    public async Task<Result<SubscriptionState>> FetchAsync(string subscriptionId, CancellationToken cancellation)
    {
        if (!(await stripe.GetAsync($"/v1/subscriptions/{subscriptionId}", query: null, cancellation)).Succeeded(out var subscription, out var fault))
            return fault;
        if (!(await stripe.ListAsync("/v1/invoices", new StripeForm().Add("subscription", subscriptionId), cancellation)).Succeeded(out var invoices, out fault))
            return fault;
        // Newest first. Invoices for more seats say nothing about the period.
        var period = invoices.FirstOrDefault(i => i.Text("billing_reason") is "subscription_create" or "subscription_cycle");
        if (period.ValueKind is JsonValueKind.Undefined)
            return ReadStripe.Subscription(subscription, periodInvoice: null, charge: null, failure: "");
        if (!(await PaymentAsync(period.Text("id"), cancellation)).Succeeded(out var payment, out fault))
            return fault;
        var intent = payment?.Find("payment", "payment_intent");
        return ReadStripe.Subscription(subscription, period, intent?.Find("latest_charge"), intent?.Text("last_payment_error", "message") ?? "");
    }

    /// <summary>The payment of an invoice, with its intent and charge; null when nothing was tried yet.</summary>
    public async Task<Result<JsonElement?>> PaymentAsync(string invoiceId, CancellationToken cancellation)
    {
        var query = new StripeForm().Add("invoice", invoiceId).Add("expand[]", "data.payment.payment_intent.latest_charge");
        return (await stripe.ListAsync("/v1/invoice_payments", query, cancellation)).Then(all => all.Count > 0 ? all[0] : (JsonElement?)null);
    }
}
