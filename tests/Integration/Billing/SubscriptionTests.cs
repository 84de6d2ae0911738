using Postern.Billing.Dunning;
using Postern.Billing.Ledger;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Tests.Support.Billing;

namespace Postern.Tests.Integration.Billing;

public sealed class SubscriptionTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_year_later_it_is_renewed()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        host.Clock.Advance(TimeSpan.FromDays(364));
        await host.RunAsync<RenewJob>();
        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);

        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.RunAsync<RenewJob>();
        await host.RunAsync<RenewJob>();

        var keys = await host.KeysAsync(order.Id);
        keys.Count.ShouldBe(2);
        keys[1].ShouldStartWith("2 Renewal 10/0 ");
        (await host.LinesAsync("SELECT reason FROM billing_invoice ORDER BY number")).ShouldBe(["create", "cycle"]);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_told_of_and_given_up_after_two_weeks()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        await AddCardAsync(host, "4000000000000341", asDefault: true);
        host.Clock.Advance(TimeSpan.FromDays(366));
        for (var day = 0; day < 20; day++)
        {
            await host.RunAsync<RenewJob>();
            await host.RunAsync<RemindJob>();
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
        (await host.ToldAsync(order.Id)).ShouldBe(["OrderReceived", "PaymentFailed", "PaymentFailed", "PaymentFailed", "Ended"]);
        (await host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["unpaid"]);
        (await host.LinesAsync("SELECT status || ' ' || attempts FROM billing_invoice ORDER BY number")).ShouldBe(["paid 0", "uncollectible 4"]);
    }

    [Fact]
    public async Task A_new_card_pays_what_is_owed()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        await AddCardAsync(host, "4000000000000341", asDefault: true);
        host.Clock.Advance(TimeSpan.FromDays(366));
        await host.RunAsync<RenewJob>();
        (await host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["past_due"]);

        await AddCardAsync(host, "4242424242424242", asDefault: true);
        await host.RunJobsAsync();

        (await host.KeysAsync(order.Id)).Count.ShouldBe(2);
        (await host.ToldAsync(order.Id)).ShouldBe(["OrderReceived", "PaymentFailed", "PaymentRecovered"]);
        (await host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["active"]);
    }

    [Fact]
    public async Task More_users_cost_what_the_preview_said_and_count_at_once()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        host.Clock.Advance(TimeSpan.FromDays(100));
        var preview = (await host.RunAsync<ChangeSeats, Result<ChangePreview>>(c => c.PreviewAsync(Sandbox.Organization, order.Id, new(15, 100), Never))).Value;
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        var changed = await host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(Sandbox.Organization, order.Id, new(15, 100), preview.At, Never));

        (changed.Value.InternalUsers, changed.Value.ExternalUsers).ShouldBe((15, 100));
        (await host.KeysAsync(order.Id))[1].ShouldStartWith("2 Seats 15/100 ");
        var charged = await host.Database.ScalarAsync<long>("SELECT total_minor FROM billing_invoice WHERE reason = 'seats'");
        charged.ShouldBe(preview.Now.Minor);
        preview.Lines.Sum(l => l.Amount.Minor).ShouldBe((preview.Now - preview.Tax).Minor);
        preview.NextPeriod.Minor.ShouldBe((15 * 6000) + (100 * 24));
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Fewer_users_count_from_the_next_period_and_cost_nothing_now()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        var preview = (await host.RunAsync<ChangeSeats, Result<ChangePreview>>(c => c.PreviewAsync(Sandbox.Organization, order.Id, new(4, 0), Never))).Value;
        preview.Now.Minor.ShouldBe(0);
        var changed = (await host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(Sandbox.Organization, order.Id, new(4, 0), preview.At, Never))).Value;
        (changed.InternalUsers, changed.NextInternalUsers).ShouldBe((10, 4));
        (await host.RunAsync<ChangeSeats, Result<ChangePreview>>(c => c.PreviewAsync(Sandbox.Organization, order.Id, new(12, 0), Never))).Fault.ShouldNotBeNull().Message
            .ShouldContain("Fewer users are planned");

        host.Clock.Advance(TimeSpan.FromDays(366));
        await host.RunAsync<RenewJob>();

        var keys = await host.KeysAsync(order.Id);
        keys.Count.ShouldBe(2);
        keys[1].ShouldStartWith("2 Renewal 4/0 ");
    }

    [Fact]
    public async Task A_declined_card_adds_no_users_and_leaves_no_invoice()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        await AddCardAsync(host, "4000000000000341", asDefault: true);

        var result = await host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(Sandbox.Organization, order.Id, new(15, 0), host.Clock.GetUtcNow(), Never));

        result.Fault.ShouldNotBeNull().Message.ShouldContain("declined");
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
        (await host.LinesAsync("SELECT last FROM billing_series")).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData(9, 1, 0, "two steps")]
    [InlineData(0, 0, 0, "Choose a number from 1")]
    [InlineData(11, 0, 61, "too old")]
    [InlineData(11, 0, -1, "too old")]
    public async Task Changes_that_make_no_sense_are_refused(int internalUsers, int externalUsers, int minutesAgo, string error)
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        var at = host.Clock.GetUtcNow().AddMinutes(-minutesAgo);
        var result = await host.RunAsync<ChangeSeats, Result<Subscription>>(c => c.ExecuteAsync(Sandbox.Organization, order.Id, new(internalUsers, externalUsers), at, Never));
        result.Fault.ShouldNotBeNull().Message.ShouldContain(error);
    }

    [Fact]
    public async Task Another_organization_has_no_such_subscription()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        var other = Guid.NewGuid();
        (await host.RunAsync<ChangeSeats, Result<ChangePreview>>(c => c.PreviewAsync(other, order.Id, new(15, 0), Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        (await host.RunAsync<EndSubscription, Result<Subscription>>(c => c.CancelAsync(other, order.Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        (await host.RunAsync<RefreshSubscription, Result<Subscription>>(c => c.ExecuteAsync(other, order.Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        (await host.RunAsync<ListInvoices, Result<IReadOnlyList<OwnInvoice>>>(c => c.ExecuteAsync(other, Never))).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task Canceled_it_ends_with_the_period_and_can_be_resumed_before()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        (await host.RunAsync<EndSubscription, Result<Subscription>>(c => c.CancelAsync(Sandbox.Organization, order.Id, Never))).Value.CancelAtPeriodEnd.ShouldBeTrue();
        (await host.RunAsync<EndSubscription, Result<Subscription>>(c => c.ResumeAsync(Sandbox.Organization, order.Id, Never))).Value.CancelAtPeriodEnd.ShouldBeFalse();
        await host.RunAsync<EndSubscription, Result<Subscription>>(c => c.CancelAsync(Sandbox.Organization, order.Id, Never));
        host.Clock.Advance(TimeSpan.FromDays(366));
        await host.RunAsync<RenewJob>();

        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
        (await host.ToldAsync(order.Id)).ShouldBe(["OrderReceived", "Canceling", "Resumed", "Canceling", "Ended"]);
        (await host.RunAsync<EndSubscription, Result<Subscription>>(c => c.ResumeAsync(Sandbox.Organization, order.Id, Never))).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_refund_writes_a_credit_note_and_takes_the_licence_back_once()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.PaidOrderAsync();
        var invoice = (await host.RunAsync<ListInvoices, Result<IReadOnlyList<OwnInvoice>>>(l => l.ExecuteAsync(Sandbox.Organization, Never))).Value.ShouldHaveSingleItem();

        (await RefundAsync(host, invoice)).Fault.ShouldBeNull();
        (await RefundAsync(host, invoice)).Fault.ShouldNotBeNull().Message.ShouldContain("only once");
        await host.RunJobsAsync();
        await host.RunAsync<Postern.Billing.News.Reconcile>();

        (await host.LinesAsync("SELECT reason FROM test_revoked")).ShouldBe(["Refunded"]);
        (await host.LinesAsync("SELECT number || ' ' || total_minor FROM billing_invoice ORDER BY number")).ShouldBe(["INV-000001 73800", "INV-C-000001 -73800"]);
        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromDays(366));
        await host.RunAsync<RenewJob>();
        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_card_that_subscriptions_are_paid_with_stays()
    {
        await using var host = await Sandbox.StartAsync();
        await host.PaidOrderAsync();
        await AddCardAsync(host, "4000002500003155", asDefault: false);
        var cards = (await host.RunAsync<PaymentMethods, Result<IReadOnlyList<PaymentMethod>>>(p => p.ListAsync(Sandbox.Organization, Never))).Value;
        var (used, spare) = (cards.Single(c => c.Last4 == "4242"), cards.Single(c => c.Last4 == "3155"));
        if (spare.IsDefault)
            await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(Sandbox.Organization, used.Id, Never));

        (await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(Sandbox.Organization, used.Id, Never))).Fault.ShouldNotBeNull().Message.ShouldContain("another default");
        (await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(Sandbox.Organization, spare.Id, Never))).Fault.ShouldBeNull();
        (await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.RemoveAsync(Guid.NewGuid(), used.Id, Never))).Fault.ShouldBeOfType<Fault.NotFound>();
        (await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(Sandbox.Organization, "pm_of_somebody_else", Never))).Fault.ShouldBeOfType<Fault.NotFound>();
    }

    static Task<Result<Unit>> RefundAsync(BillingHost host, OwnInvoice invoice) =>
        host.RunAsync<ListInvoices, Result<Unit>>(l => l.RefundAsync(Sandbox.Organization, invoice.Provider, invoice.Invoice.Id, Never));

    static async Task AddCardAsync(BillingHost host, string number, bool asDefault)
    {
        var page = (await host.RunAsync<PaymentMethods, Result<HostedPage>>(p => p.StartAddAsync(Sandbox.Organization, new(Sandbox.Back), Never))).Value;
        var answer = await host.PostAsync(page.Address.ToString(), Sandbox.Form(number));
        if (answer.Location == page.Address.ToString())
            answer = await host.PostAsync($"{page.Address}/confirm", new(StringComparer.Ordinal) { ["action"] = "confirm" });
        answer.Location.ShouldBe(Sandbox.Back, answer.Page);
        if (!asDefault)
            return;
        var cards = (await host.RunAsync<PaymentMethods, Result<IReadOnlyList<PaymentMethod>>>(p => p.ListAsync(Sandbox.Organization, Never))).Value;
        (await host.RunAsync<PaymentMethods, Result<Unit>>(p => p.SetDefaultAsync(Sandbox.Organization, cards.Last(c => c.Last4 == number[^4..]).Id, Never))).Fault.ShouldBeNull();
    }
}
