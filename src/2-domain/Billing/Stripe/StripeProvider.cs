using System.Globalization;
using System.Text.Json;
using Postern.Billing.Accounts;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;

namespace Postern.Billing.Stripe;

/// <summary>Payments by Stripe: hosted checkout, subscriptions by number of users, Stripe's own invoices. No card ever passes through the portal.</summary>
sealed class StripeProvider(StripeClient stripe, StripeSettings settings, StripeState state, StripeCards cards, TimeProvider clock) : IBillingProvider
{
    public const string ProviderName = "stripe";

    public string Name => ProviderName;

    public bool HasCards => true;

    public bool HasPortal => true;

    public string NameOf(Seats seats) => seats.ProviderPrice;

    public async Task<Result<string>> EnsureCustomerAsync(BillingAccount account, string? customerId, CancellationToken cancellation)
    {
        var form = new StripeForm()
            .Add("name", Given(account.Name)).Add("email", Given(account.Email)).Add("phone", Given(account.Phone))
            .Add("metadata[org_id]", account.OrganizationId.ToString());
        if (account.Country.Length > 0)
        {
            form.Add("address[line1]", account.Line1).Add("address[line2]", account.Line2).Add("address[postal_code]", account.PostalCode)
                .Add("address[city]", account.City).Add("address[state]", account.State).Add("address[country]", account.Country);
        }
        var answer = customerId is null
            ? await stripe.PostAsync("/v1/customers", form, $"customer-{account.OrganizationId}-{Fingerprint(form)}", cancellation)
            : await stripe.PostAsync($"/v1/customers/{customerId}", form, key: null, cancellation);
        return answer.Then(c => c.Text("id"));
    }

    public async Task<Result<HostedPage>> StartCheckoutAsync(CheckoutRequest request, CancellationToken cancellation)
    {
        var order = request.Order;
        // One order has one open checkout: two could both be paid.
        if (order.CheckoutId.Length > 0)
        {
            if (!(await stripe.GetAsync($"/v1/checkout/sessions/{order.CheckoutId}", query: null, cancellation)).Succeeded(out var old, out var fault))
                return fault;
            if (old.Text("status") == "open")
                return new HostedPage(old.Text("id"), new Uri(old.Text("url")));
            if (old.Text("status") == "complete")
                return Fault.Input("This order has been paid already.");
        }
        if (request.Seats.Any(s => s.ProviderPrice.Length == 0))
            return Fault.Input("This plan cannot be paid by card yet. Please choose bank transfer, or contact us.");
        return (await stripe.PostAsync("/v1/checkout/sessions", CheckoutForm(request), $"checkout-{order.Id}-{order.CheckoutId}", cancellation))
            .Then(s => new HostedPage(s.Text("id"), new Uri(s.Text("url"))));
    }

    public async Task<Result<CheckoutState>> GetCheckoutAsync(string checkoutId, CancellationToken cancellation)
    {
        if (!(await stripe.GetAsync($"/v1/checkout/sessions/{checkoutId}", query: null, cancellation)).Succeeded(out var session, out var fault))
            return fault;
        return ReadStripe.Checkout(session) is { } read ? read : new Fault.NotFound("Checkout");
    }

    public Task<Result<SubscriptionState>> GetSubscriptionAsync(string subscriptionId, CancellationToken cancellation) => state.FetchAsync(subscriptionId, cancellation);

    public async Task<Result<ChangePreview>> PreviewChangeAsync(SeatChange change, CancellationToken cancellation)
    {
        var currency = change.Seats[0].Unit.Currency;
        var next = change.Seats.Aggregate(Amounts.Money.Zero(currency), static (sum, seats) => sum + (seats.Unit * seats.Count));
        if (change.AtRenewal)
            return new ChangePreview(Amounts.Money.Zero(currency), Amounts.Money.Zero(currency), next, change.At, []);
        if (!(await ItemsAsync(change, "subscription_details[items]", cancellation)).Succeeded(out var form, out var fault))
            return fault;
        form.Add("customer", change.CustomerId).Add("subscription", change.SubscriptionId)
            .Add("subscription_details[proration_behavior]", "always_invoice").Add("subscription_details[proration_date]", change.At.ToUnixTimeSeconds());
        return (await stripe.PostAsync("/v1/invoices/create_preview", form, key: null, cancellation)).Then(invoice => new ChangePreview(
            invoice.Amount("amount_due"),
            new Amounts.Money(invoice.Items("total_taxes").Sum(t => t.Number("amount")), currency),
            next,
            change.At,
            [.. invoice.Items("lines", "data").Select(l => new PreviewLine(l.Text("description"), l.Amount("amount")))]));
    }

    public async Task<Result<SubscriptionState>> ApplyChangeAsync(SeatChange change, CancellationToken cancellation)
    {
        if (!(await ItemsAsync(change, "items", cancellation)).Succeeded(out var form, out var fault))
            return fault;
        if (change.AtRenewal)
            form.Add("proration_behavior", "none");
        else
            form.Add("proration_behavior", "always_invoice").Add("proration_date", change.At.ToUnixTimeSeconds()).Add("payment_behavior", "pending_if_incomplete");
        var key = string.Create(CultureInfo.InvariantCulture, $"seats-{change.SubscriptionId}-{change.At.ToUnixTimeSeconds()}-{change.Count.Internal}-{change.Count.External}");
        if (!(await stripe.PostAsync($"/v1/subscriptions/{change.SubscriptionId}", form, key, cancellation)).Succeeded(out var subscription, out fault))
            return fault;
        // Stripe holds the change back until its invoice is paid; our records follow when it is.
        return subscription.Find("pending_update") is null
            ? await state.FetchAsync(change.SubscriptionId, cancellation)
            : Fault.Input("The payment needs your attention: pay or confirm the open invoice, and the users are added.");
    }

    public Task<Result<SubscriptionState>> CancelAsync(string subscriptionId, CancellationToken cancellation) => SetEndAsync(subscriptionId, ends: true, cancellation);

    public Task<Result<SubscriptionState>> ResumeAsync(string subscriptionId, CancellationToken cancellation) => SetEndAsync(subscriptionId, ends: false, cancellation);

    public async Task<Result<IReadOnlyList<InvoiceSummary>>> ListInvoicesAsync(string customerId, CancellationToken cancellation) =>
        (await stripe.ListAsync("/v1/invoices", new StripeForm().Add("customer", customerId), cancellation))
            .Then<IReadOnlyList<InvoiceSummary>>(all => [.. all.Where(i => i.Text("status") != "draft").Select(ReadStripe.Invoice)]);

    public async Task<Result<InvoiceFile>> GetInvoicePdfAsync(string customerId, string invoiceId, CancellationToken cancellation)
    {
        if (!(await InvoiceAsync(customerId, invoiceId, cancellation)).Succeeded(out var invoice, out var fault))
            return fault;
        return Uri.TryCreate(invoice.Text("invoice_pdf"), UriKind.Absolute, out var file)
            ? new InvoiceFile(file, default, $"{invoice.Text("number")}.pdf")
            : new Fault.NotFound("Invoice");
    }

    public async Task<Result<Unit>> RefundAsync(string customerId, string invoiceId, CancellationToken cancellation)
    {
        if (!(await InvoiceAsync(customerId, invoiceId, cancellation)).Succeeded(out var invoice, out var fault))
            return fault;
        if (!(await state.PaymentAsync(invoiceId, cancellation)).Succeeded(out var payment, out fault))
            return fault;
        if (payment?.Reference("payment", "payment_intent") is not { Length: > 0 } intent)
            return Fault.Input("Only a paid invoice can be refunded.");
        if ((await stripe.PostAsync("/v1/refunds", new StripeForm().Add("payment_intent", intent), $"refund-{invoiceId}", cancellation)).Fault is { } refused)
            return refused;
        if (invoice.Text("billing_reason") == "subscription_update")
            return Unit.Value;
        var subscription = invoice.Reference("parent", "subscription_details", "subscription");
        return (await stripe.DeleteAsync($"/v1/subscriptions/{subscription}", cancellation)).Fault is { } failed and not Fault.NotFound ? failed : Unit.Value;
    }

    public Task<Result<IReadOnlyList<PaymentMethod>>> ListPaymentMethodsAsync(string customerId, CancellationToken cancellation) => cards.ListAsync(customerId, cancellation);

    public Task<Result<HostedPage>> StartAddPaymentMethodAsync(string customerId, Uri returnTo, CancellationToken cancellation) => cards.StartAddAsync(customerId, returnTo, cancellation);

    public Task<Result<HostedPage>> StartPortalAsync(string customerId, Uri returnTo, CancellationToken cancellation) => cards.StartPortalAsync(customerId, returnTo, cancellation);

    public Task<Result<Unit>> SetDefaultPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation) =>
        cards.SetDefaultAsync(customerId, methodId, cancellation);

    public Task<Result<Unit>> DetachPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation) => cards.DetachAsync(customerId, methodId, cancellation);

    public async Task<Result<TaxIdStatus>> UpsertTaxIdAsync(string customerId, TaxIdentifier? taxId, CancellationToken cancellation)
    {
        if (!(await stripe.ListAsync($"/v1/customers/{customerId}/tax_ids", new StripeForm(), cancellation)).Succeeded(out var known, out var fault))
            return fault;
        TaxIdStatus? kept = null;
        foreach (var one in known)
        {
            if (taxId is not null && kept is null && (one.Text("type"), Taxes.TaxIds.Tidy(one.Text("value"))) == (taxId.Type, taxId.Value))
                kept = ReadStripe.TaxId(one);
            else if ((await stripe.DeleteAsync($"/v1/customers/{customerId}/tax_ids/{one.Text("id")}", cancellation)).Fault is { } refused and not Fault.NotFound)
                return refused;
        }
        if (taxId is null)
            return TaxIdStatus.None;
        if (kept is { } status)
            return status;
        return (await stripe.PostAsync($"/v1/customers/{customerId}/tax_ids", new StripeForm().Add("type", taxId.Type).Add("value", taxId.Value), key: null, cancellation)).Then(ReadStripe.TaxId);
    }

    public Result<ProviderNews> ParseWebhook(ReadOnlyMemory<byte> body, string signature)
    {
        if (!StripeSignature.Holds(body.Span, signature, settings.WebhookSecrets, clock.GetUtcNow()))
            return new Fault.Forbidden("The signature does not fit.");
        try
        {
            using var document = JsonDocument.Parse(body);
            var news = document.RootElement.Clone();
            return news.Flag("livemode") == settings.IsLive ? StripeNews.Read(news) : new Fault.Forbidden("This is news of the other mode: live and test do not mix.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Fault.Input("This is no event.");
        }
    }

    public async Task<Result<string>> GetCustomerOfChargeAsync(string chargeId, CancellationToken cancellation) =>
        (await stripe.GetAsync($"/v1/charges/{chargeId}", query: null, cancellation)).Then(c => c.Reference("customer"));

    public async Task<Result<IReadOnlyList<Subject>>> ListChangedAsync(DateTimeOffset since, CancellationToken cancellation) =>
        (await stripe.ListAsync("/v1/events", new StripeForm().Add("created[gte]", Math.Max(0, since.ToUnixTimeSeconds())), cancellation))
            .Then<IReadOnlyList<Subject>>(events => [.. events.Select(e => StripeNews.Read(e).Subject).Where(s => s.Kind is not SubjectKind.None).Distinct()]);

    static string? Given(string text) => text.Length > 0 ? text : null;

    static string Fingerprint(StripeForm form) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(form.Query())))[..16];

    StripeForm CheckoutForm(CheckoutRequest request)
    {
        var order = request.Order;
        var form = new StripeForm()
            .Add("mode", "subscription").Add("customer", request.CustomerId).Add("client_reference_id", order.Id.ToString())
            .Add("success_url", request.Success.ToString()).Add("cancel_url", request.Cancel.ToString())
            .Add("billing_address_collection", "required").Add("tax_id_collection[enabled]", value: true)
            .Add("customer_update[name]", "auto").Add("customer_update[address]", "auto")
            .Add("automatic_tax[enabled]", settings.AutomaticTax).Add("payment_method_collection", "always").Add("locale", "auto")
            .Add("metadata[order_id]", order.Id.ToString());
        var index = 0;
        foreach (var seats in request.Seats.Where(s => s.Count > 0))
        {
            var item = $"line_items[{index++}]";
            var fewest = seats.Type is Plans.SeatType.Internal ? request.Plan.MinimumInternal : request.Plan.MinimumExternal;
            form.Add($"{item}[price]", seats.ProviderPrice).Add($"{item}[quantity]", seats.Count)
                .Add($"{item}[adjustable_quantity][enabled]", value: true).Add($"{item}[adjustable_quantity][minimum]", Math.Max(1, fewest));
        }
        form.Add("subscription_data[metadata][order_id]", order.Id.ToString()).Add("subscription_data[metadata][org_id]", order.OrganizationId.ToString())
            .Add("subscription_data[metadata][install_id]", order.InstallId.ToString());
        // From these the items of the subscription are told apart later, also after prices have changed.
        foreach (var seats in request.Seats)
            form.Add($"subscription_data[metadata][{(seats.Type is Plans.SeatType.Internal ? "internal" : "external")}_price]", seats.ProviderPrice);
        return form;
    }

    // Items that are there are named by their id; a kind of user that was not bought yet comes in by its price.
    async Task<Result<StripeForm>> ItemsAsync(SeatChange change, string prefix, CancellationToken cancellation)
    {
        if (!(await stripe.GetAsync($"/v1/subscriptions/{change.SubscriptionId}", query: null, cancellation)).Succeeded(out var subscription, out var fault))
            return fault;
        var form = new StripeForm();
        var index = 0;
        foreach (var seats in change.Seats)
        {
            var price = subscription.Text("metadata", seats.Type is Plans.SeatType.Internal ? "internal_price" : "external_price");
            var item = subscription.Items("items", "data").FirstOrDefault(i => i.Text("price", "id") == price);
            if (item.ValueKind is JsonValueKind.Object)
                form.Add($"{prefix}[{index}][id]", item.Text("id"));
            else if (seats.Count > 0)
                form.Add($"{prefix}[{index}][price]", price);
            else
                continue;
            if (seats.Count == 0)
                form.Add($"{prefix}[{index}][deleted]", value: true);
            else
                form.Add($"{prefix}[{index}][quantity]", seats.Count);
            index++;
        }
        return form;
    }

    async Task<Result<SubscriptionState>> SetEndAsync(string subscriptionId, bool ends, CancellationToken cancellation)
    {
        var answer = await stripe.PostAsync($"/v1/subscriptions/{subscriptionId}", new StripeForm().Add("cancel_at_period_end", ends), key: null, cancellation);
        return answer.Fault is { } fault ? fault : await state.FetchAsync(subscriptionId, cancellation);
    }

    async Task<Result<JsonElement>> InvoiceAsync(string customerId, string invoiceId, CancellationToken cancellation)
    {
        if (!(await stripe.GetAsync($"/v1/invoices/{Uri.EscapeDataString(invoiceId)}", query: null, cancellation)).Succeeded(out var invoice, out var fault))
            return fault;
        return invoice.Reference("customer") == customerId ? invoice : new Fault.NotFound("Invoice");
    }
}
