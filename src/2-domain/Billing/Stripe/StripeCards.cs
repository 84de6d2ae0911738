using System.Text.Json;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Billing.Stripe;

/// <summary>The cards that a customer has on file at Stripe.</summary>
sealed class StripeCards(StripeClient stripe)
{
    public async Task<Result<IReadOnlyList<PaymentMethod>>> ListAsync(string customerId, CancellationToken cancellation)
    {
        if (!(await stripe.GetAsync($"/v1/customers/{customerId}", query: null, cancellation)).Succeeded(out var customer, out var fault))
            return fault;
        var chosen = customer.Reference("invoice_settings", "default_payment_method");
        return (await stripe.ListAsync($"/v1/customers/{customerId}/payment_methods", new StripeForm().Add("type", "card"), cancellation))
            .Then<IReadOnlyList<PaymentMethod>>(all => [.. all.Select(m => ReadStripe.Card(m, chosen))]);
    }

    public async Task<Result<HostedPage>> StartAddAsync(string customerId, Uri returnTo, CancellationToken cancellation)
    {
        var form = new StripeForm().Add("mode", "setup").Add("customer", customerId).Add("payment_method_types[0]", "card")
            .Add("success_url", returnTo.ToString()).Add("cancel_url", returnTo.ToString());
        return (await stripe.PostAsync("/v1/checkout/sessions", form, key: null, cancellation)).Then(s => new HostedPage(s.Text("id"), new Uri(s.Text("url"))));
    }

    /// <summary>Stripe's own page for the customer; what is done there comes back as news.</summary>
    public async Task<Result<HostedPage>> StartPortalAsync(string customerId, Uri returnTo, CancellationToken cancellation) =>
        (await stripe.PostAsync("/v1/billing_portal/sessions", new StripeForm().Add("customer", customerId).Add("return_url", returnTo.ToString()), key: null, cancellation))
            .Then(s => new HostedPage(s.Text("id"), new Uri(s.Text("url"))));

    /// <summary>Makes it the customer's and every subscription's, then tries what is owed with it.</summary>
    public async Task<Result<Unit>> SetDefaultAsync(string customerId, string methodId, CancellationToken cancellation)
    {
        if (await RefuseAsync(customerId, methodId, cancellation) is { } refusal)
            return refusal;
        if ((await stripe.PostAsync($"/v1/customers/{customerId}", new StripeForm().Add("invoice_settings[default_payment_method]", methodId), key: null, cancellation)).Fault is { } refused)
            return refused;
        if (!(await AliveAsync(customerId, cancellation)).Succeeded(out var subscriptions, out var fault))
            return fault;
        foreach (var subscription in subscriptions)
        {
            var form = new StripeForm().Add("default_payment_method", methodId);
            if ((await stripe.PostAsync($"/v1/subscriptions/{subscription.Text("id")}", form, key: null, cancellation)).Fault is { } failed)
                return failed;
        }
        if (!(await stripe.ListAsync("/v1/invoices", new StripeForm().Add("customer", customerId).Add("status", "open"), cancellation)).Succeeded(out var owed, out fault))
            return fault;
        // A card that fails here is tried again by Stripe as planned; the customer sees the invoice open.
        foreach (var invoice in owed)
            await stripe.PostAsync($"/v1/invoices/{invoice.Text("id")}/pay", new StripeForm().Add("payment_method", methodId), key: null, cancellation);
        return Unit.Value;
    }

    public async Task<Result<Unit>> DetachAsync(string customerId, string methodId, CancellationToken cancellation)
    {
        if (await RefuseAsync(customerId, methodId, cancellation) is { } refusal)
            return refusal;
        if (!(await AliveAsync(customerId, cancellation)).Succeeded(out var subscriptions, out var fault))
            return fault;
        if (subscriptions.Any(s => s.Reference("default_payment_method") == methodId && !s.Flag("cancel_at_period_end")))
            return Fault.Input("Subscriptions are paid with this card. Choose another default first.");
        return (await stripe.PostAsync($"/v1/payment_methods/{methodId}/detach", new StripeForm(), key: null, cancellation)).Then(_ => Unit.Value);
    }

    // The id comes from a page: it must be one of this customer's.
    async Task<Fault?> RefuseAsync(string customerId, string methodId, CancellationToken cancellation)
    {
        if (!(await ListAsync(customerId, cancellation)).Succeeded(out var own, out var fault))
            return fault;
        return own.Any(m => m.Id == methodId) ? null : new Fault.NotFound("Payment method");
    }

    async Task<Result<IEnumerable<JsonElement>>> AliveAsync(string customerId, CancellationToken cancellation) =>
        (await stripe.ListAsync("/v1/subscriptions", new StripeForm().Add("customer", customerId), cancellation))
            .Then(all => all.Where(s => s.Text("status") is "active" or "past_due" or "trialing" or "unpaid"));
}
