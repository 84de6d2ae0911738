using Postern.Billing.Accounts;
using Postern.Billing.Orders;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Billing.Stripe;
using Postern.Billing.Subscriptions;
using Postern.Kernel;

namespace Postern.Tests.Integration.Billing;

public sealed class StripeTests
{
    static readonly CancellationToken Never = CancellationToken.None;
    static readonly Uri Back = new("https://portal.example/organizations");

    [Fact]
    public async Task The_checkout_asks_for_what_the_order_says()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync(10, 50);
        var request = Uri.UnescapeDataString(portal.Stripe.Log.Last(l => l.StartsWith("POST /v1/checkout/sessions", StringComparison.Ordinal)));
        request.ShouldContain("line_items[0][price]=price_internal&line_items[0][quantity]=10");
        request.ShouldContain("line_items[1][price]=price_external&line_items[1][quantity]=50");
        request.ShouldContain($"subscription_data[metadata][order_id]={order.Id}");

        (await portal.Host.CheckoutAsync(order)).ShouldBe(session, "an order has one checkout");
        portal.Stripe.Complete(session);
        var again = await portal.Host.RunAsync<StartCheckout, Result<HostedPage>>(s => s.ExecuteAsync(order.OrganizationId, order.Id, Back, Back, Never));
        again.Fault.ShouldNotBeNull().Message.ShouldContain("paid already");
    }

    [Fact]
    public async Task What_the_customer_changed_at_the_checkout_is_what_is_issued()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync(10, 50);
        portal.Stripe.Complete(session, quantities: new Dictionary<string, long>(StringComparer.Ordinal) { ["price_internal"] = 7, ["price_external"] = 60 });
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).ShouldHaveSingleItem().ShouldStartWith("1 Initial 7/60 ");
    }

    [Fact]
    public async Task A_subscription_at_other_prices_is_not_served()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session);
        var subscription = portal.Stripe.Books.Get(portal.SubscriptionId);
        subscription["items"]!["data"]![0]!["price"]!["id"] = "price_of_a_cent";
        await portal.DeliverAllAsync();

        (await portal.Host.KeysAsync(order.Id)).ShouldBeEmpty();
        (await portal.Host.ToldAsync(order.Id)).ShouldContain("OrderFailed");
        (await portal.Host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["failed"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_that_takes_days_is_waited_for(bool comesIn)
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        portal.Stripe.Complete(session, paysLater: true);
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).ShouldBeEmpty();
        (await portal.Host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["processing"]);

        var books = portal.Stripe.Books;
        books.Pay(books.Of("invoice").First(), comesIn);
        books.SetStatus(books.Get(portal.SubscriptionId), comesIn ? "active" : "incomplete_expired");
        await portal.DeliverAllAsync();

        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(comesIn ? 1 : 0);
        (await portal.Host.LinesAsync("SELECT status FROM billing_order")).ShouldBe([comesIn ? "fulfilled" : "failed"]);
    }

    [Fact]
    public async Task A_page_need_not_wait_for_the_webhook()
    {
        await using var portal = await StripePortal.StartAsync();
        var (order, session) = await portal.OrderAsync();
        (await portal.Host.RunAsync<RefreshSubscription, Result<Subscription>>(r => r.ExecuteAsync(order.OrganizationId, order.Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        portal.Stripe.Complete(session);
        (await portal.Host.RunAsync<RefreshSubscription, Result<Subscription>>(r => r.ExecuteAsync(order.OrganizationId, order.Id, Never))).Value.Status.ShouldBe(SubscriptionStatus.Active);
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task More_users_cost_what_the_preview_said()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        portal.Host.Clock.Advance(TimeSpan.FromDays(123));
        var preview = (await portal.Host.RunAsync<ChangeSeats, Result<ChangePreview>>(c => c.PreviewAsync(order.OrganizationId, order.Id, new(15, 40), Never))).Value;
        portal.Host.Clock.Advance(TimeSpan.FromMinutes(30));

        (await portal.Host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(order.OrganizationId, order.Id, new(15, 40), preview.At, Never))).Value.InternalUsers.ShouldBe(15);
        await portal.DeliverAllAsync();

        var invoice = portal.Stripe.Books.Of("invoice").First();
        ((string)invoice["billing_reason"]!, (long)invoice["amount_paid"]!).ShouldBe(("subscription_update", preview.Now.Minor));
        var keys = await portal.Host.KeysAsync(order.Id);
        keys.Count.ShouldBe(2);
        keys[1].ShouldStartWith("2 Seats 15/40 ");
    }

    [Fact]
    public async Task Users_that_are_not_paid_for_are_not_given_until_they_are()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        var books = portal.Stripe.Books;
        var card = books.Of("payment_method").First();
        card["card"]!["last4"] = "0341";

        (await portal.Host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(order.OrganizationId, order.Id, new(15, 0), portal.Host.Clock.GetUtcNow(), Never)))
            .Fault.ShouldNotBeNull().Message.ShouldContain("open invoice");
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);

        card["card"]!["last4"] = "4242";
        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(order.OrganizationId, (string)card["id"]!, Never))).Fault.ShouldBeNull();
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id))[1].ShouldStartWith("2 Seats 15/0 ");
    }

    [Fact]
    public async Task Fewer_users_count_from_the_renewal()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync(10, 20);
        var changed = await portal.Host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(order.OrganizationId, order.Id, new(6, 0), portal.Host.Clock.GetUtcNow(), Never));
        (changed.Value.InternalUsers, changed.Value.NextInternalUsers, changed.Value.NextExternalUsers).ShouldBe((10, 6, 0));
        portal.Stripe.Books.Of("invoice").Count().ShouldBe(1);

        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id))[1].ShouldStartWith("2 Renewal 6/0 ");
    }

    [Fact]
    public async Task A_renewal_that_fails_is_told_of_and_recovers()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        var card = portal.Stripe.Books.Of("payment_method").First();
        card["card"]!["last4"] = "0341";
        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
        (await portal.Host.LinesAsync("SELECT detail FROM test_told WHERE kind = 'PaymentFailed'")).ShouldBe(["Your card was declined."]);

        card["card"]!["last4"] = "4242";
        await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(order.OrganizationId, (string)card["id"]!, Never));
        await portal.DeliverAllAsync();

        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(2);
        (await portal.Host.ToldAsync(order.Id)).ShouldBe(["PaymentFailed", "PaymentRecovered"]);
    }

    [Theory]
    [InlineData(true, "Refunded")]
    [InlineData(false, "Disputed")]
    public async Task Money_that_went_back_takes_the_licence_with_it(bool refund, string reason)
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        if (refund)
        {
            var invoice = (await portal.Host.RunAsync<ListInvoices, Result<IReadOnlyList<OwnInvoice>>>(l => l.ExecuteAsync(order.OrganizationId, Never))).Value.ShouldHaveSingleItem();
            (await portal.Host.RunAsync<ListInvoices, Result<Unit>>(l => l.RefundAsync(order.OrganizationId, "stripe", invoice.Invoice.Id, Never))).Fault.ShouldBeNull();
        }
        else
        {
            var charge = portal.Stripe.Books.Of("charge").First();
            charge["disputed"] = true;
            portal.Stripe.Books.Tell("charge.dispute.created", new() { ["id"] = "dp_1", ["object"] = "dispute", ["charge"] = (string)charge["id"]! });
        }
        await portal.DeliverAllAsync();
        await portal.Host.RunAsync<Postern.Billing.News.Reconcile>();

        (await portal.Host.LinesAsync("SELECT reason FROM test_revoked")).ShouldBe([reason]);
        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.DeliverAllAsync();
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_was_lost_does_not_do_things_twice()
    {
        await using var portal = await StripePortal.StartAsync();
        portal.Stripe.FailNext(500, afterWork: true);
        var (_, session) = await portal.OrderAsync();
        portal.Stripe.Books.Of("customer").Count().ShouldBe(1);
        portal.Stripe.Complete(session);
        await portal.DeliverAllAsync();
        var order = (await portal.Host.LinesAsync("SELECT id FROM billing_order"))[0];
        var at = portal.Host.Clock.GetUtcNow();
        // The subscription is read, then changed: the answer to the change is lost.
        portal.Stripe.FailNext(0);
        portal.Stripe.FailNext(502, afterWork: true);

        (await portal.Host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(StripePortal.Organization, Guid.Parse(order), new(12, 0), at, Never))).Fault.ShouldBeNull();

        portal.Stripe.Books.Of("invoice").Count(i => (string)i["billing_reason"]! == "subscription_update").ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Stripe_in_trouble_is_asked_three_times_and_then_the_customer_is_told(int status)
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.Host.OrderAsync(StripePortal.Organization, "stripe");
        for (var i = 0; i < 3; i++)
            portal.Stripe.FailNext(status);

        var result = await portal.Host.RunAsync<StartCheckout, Result<HostedPage>>(s => s.ExecuteAsync(order.OrganizationId, order.Id, Back, Back, Never));

        result.Fault.ShouldBeOfType<Fault.Throttled>();
        (await portal.Host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["draft"]);
        (await portal.Host.CheckoutAsync(order)).ShouldStartWith("cs_");
    }

    [Fact]
    public async Task A_mistake_of_ours_is_a_bug_with_its_request_named()
    {
        await using var portal = await StripePortal.StartAsync();
        await portal.Host.Database.ExecuteAsync("UPDATE billing_price SET stripe_price = 'price_gone' WHERE currency = 'USD' AND seat = 'internal'");
        var order = await portal.Host.OrderAsync(StripePortal.Organization, "stripe");

        var bug = await Should.ThrowAsync<StripeException>(() => portal.Host.CheckoutAsync(order));

        bug.Message.ShouldContain("line_items[0][price]");
        bug.Message.ShouldContain("req_");
        bug.Message.ShouldNotContain("sk_test");
    }

    [Fact]
    public async Task The_tax_id_goes_along_and_its_verification_comes_back()
    {
        await using var portal = await StripePortal.StartAsync();
        await portal.PaidOrderAsync();
        await SaveAsync("IE1234567AB");
        await portal.Host.CheckoutAsync(await SecondAsync());
        var taxId = portal.Stripe.Books.Of("tax_id").ShouldHaveSingleItem();
        taxId["verification"]!["status"] = "verified";
        portal.Stripe.Books.Tell("customer.tax_id.updated", taxId);
        await portal.DeliverAllAsync();
        (await portal.Host.LinesAsync("SELECT tax_id_status FROM billing_account")).ShouldBe(["verified"]);

        await SaveAsync("IE7654321AB");
        await portal.Host.CheckoutAsync(await SecondAsync());
        portal.Stripe.Books.Of("tax_id").Select(t => (string)t["value"]!).ShouldBe(["IE7654321AB"]);
        (await portal.Host.LinesAsync("SELECT tax_id_status FROM billing_account")).ShouldBe(["pending"]);

        async Task<Order> SecondAsync() => (await portal.Host.RunAsync<PlaceOrder, Result<Order>>(p => p.ExecuteAsync(
            StripePortal.Organization, new("enterprise", "USD", "", Guid.NewGuid(), 5, 0, "stripe", "owner"), Never))).Value;
        async Task SaveAsync(string number) => (await portal.Host.RunAsync<SaveBillingAccount, Result<BillingAccount>>(s => s.ExecuteAsync(
            StripePortal.Organization, new("Example Ltd", "billing@example.com", "", "1 Main Street", "", "D01", "Dublin", "", "IE", number, ""), Never))).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Cards_are_listed_added_chosen_and_removed_by_their_owner_only()
    {
        await using var portal = await StripePortal.StartAsync();
        await portal.PaidOrderAsync();
        var page = (await portal.Host.RunAsync<PaymentMethods, Result<HostedPage>>(p => p.StartAddAsync(StripePortal.Organization, Back, Never))).Value;
        portal.Stripe.Complete(page.Id, "3155");
        await portal.DeliverAllAsync();
        var cards = (await ListAsync()).ToDictionary(c => c.Last4, StringComparer.Ordinal);

        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(StripePortal.Organization, cards["4242"].Id, Never))).Fault.ShouldNotBeNull().Message.ShouldContain("another default");
        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(StripePortal.Organization, cards["3155"].Id, Never))).Fault.ShouldBeNull();
        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(StripePortal.Organization, cards["4242"].Id, Never))).Fault.ShouldBeNull();
        (await ListAsync()).ShouldHaveSingleItem().IsDefault.ShouldBeTrue();
        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(StripePortal.Organization, "pm_of_somebody", Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        (await portal.Host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(Guid.NewGuid(), cards["3155"].Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();

        async Task<IReadOnlyList<PaymentMethod>> ListAsync() => (await portal.Host.RunAsync<PaymentMethods, Result<IReadOnlyList<PaymentMethod>>>(p => p.ListAsync(StripePortal.Organization, Never))).Value;
    }

    [Fact]
    public async Task Invoices_are_listed_page_by_page_and_only_to_their_owner()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        for (var i = 0; i < 120; i++)
            portal.Stripe.Books.Keep(portal.Stripe.Books.Of("invoice").First().DeepClone().AsObject() is var copy && (copy["id"] = $"in_copy_{i}") is not null ? copy : []);
        var all = (await portal.Host.RunAsync<ListInvoices, Result<IReadOnlyList<OwnInvoice>>>(l => l.ExecuteAsync(order.OrganizationId, Never))).Value;
        all.Select(i => i.Invoice.Id).Distinct().Count().ShouldBe(121);

        var file = await portal.Host.RunAsync<ListInvoices, Result<InvoiceFile>>(l => l.PdfAsync(order.OrganizationId, "stripe", all[0].Invoice.Id, Never));
        file.Value.Address.ShouldNotBeNull().Host.ShouldBe("invoice.stripe.example");
        portal.Stripe.Books.Get(all[0].Invoice.Id)["customer"] = "cus_other";
        (await portal.Host.RunAsync<ListInvoices, Result<InvoiceFile>>(l => l.PdfAsync(order.OrganizationId, "stripe", all[0].Invoice.Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();
    }

    [Fact]
    public async Task Canceled_it_ends_with_the_period()
    {
        await using var portal = await StripePortal.StartAsync();
        var order = await portal.PaidOrderAsync();
        await portal.Host.RunAsync<EndSubscription, Result<Subscription>>(e => e.CancelAsync(order.OrganizationId, order.Id, Never));
        await portal.Host.RunAsync<EndSubscription, Result<Subscription>>(e => e.ResumeAsync(order.OrganizationId, order.Id, Never));
        await portal.Host.RunAsync<EndSubscription, Result<Subscription>>(e => e.CancelAsync(order.OrganizationId, order.Id, Never));
        portal.Host.Clock.Advance(TimeSpan.FromDays(366));
        portal.Stripe.Books.Renew();
        await portal.DeliverAllAsync();

        (await portal.Host.ToldAsync(order.Id)).ShouldBe(["Canceling", "Resumed", "Canceling", "Ended"]);
        (await portal.Host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }
}
