using System.Net;
using Postern.Billing.Ledger;
using Postern.Billing.Manual;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Tests.Integration.Billing;

public sealed class TransferTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_bank_transfer_is_validated_by_hand()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "manual");
        (await host.PostAsync($"/checkout/{await host.CheckoutAsync(order)}", Sandbox.Form())).Status.ShouldBe(HttpStatusCode.Redirect);
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).ShouldBeEmpty();
        (await host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["processing"]);
        host.Clock.Advance(TimeSpan.FromDays(20));

        var awaited = (await host.RunAsync<ListAwaitedPayments, IReadOnlyList<AwaitedPayment>>(l => l.ExecuteAsync(Never))).ShouldHaveSingleItem();
        awaited.Total.Minor.ShouldBe(73_800);
        (await host.RunAsync<MarkPaid, Result<AwaitedPayment>>(m => m.ExecuteAsync(awaited.InvoiceId, Never))).Fault.ShouldBeNull();
        (await host.RunAsync<MarkPaid, Result<AwaitedPayment>>(m => m.ExecuteAsync(awaited.InvoiceId, Never))).Fault.ShouldNotBeNull().Message.ShouldContain("not open");
        await host.RunJobsAsync();

        // The year begins when it is paid for.
        (await host.KeysAsync(order.Id)).ShouldBe([$"1 Initial 10/0 {host.Clock.GetUtcNow().AddYears(1):yyyy-MM-dd}"]);
        (await host.RunAsync<MarkPaid, Result<AwaitedPayment>>(m => m.ExecuteAsync(Guid.NewGuid(), Never))).Fault.ShouldBeOfType<Fault.NotFound>();
    }

    [Fact]
    public async Task The_next_year_is_billed_a_month_ahead_and_ends_when_it_is_not_paid()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await PaidAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(340));
        await host.RunAsync<RenewJob>();
        await host.RunAsync<RenewJob>();
        (await host.LinesAsync("SELECT status FROM billing_invoice ORDER BY number")).ShouldBe(["paid", "open"]);

        host.Clock.Advance(TimeSpan.FromDays(30));
        await host.RunAsync<RenewJob>();
        (await host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["past_due"]);
        host.Clock.Advance(TimeSpan.FromDays(14));
        await host.RunAsync<RenewJob>();

        (await host.LinesAsync("SELECT status FROM billing_subscription")).ShouldBe(["unpaid"]);
        (await host.LinesAsync("SELECT status FROM billing_invoice ORDER BY number")).ShouldBe(["paid", "void"]);
        (await host.ToldAsync(order)).ShouldBe(["OrderReceived", "PaymentFailed", "Ended"]);
    }

    [Fact]
    public async Task The_next_year_paid_ahead_adds_to_the_one_that_runs()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await PaidAsync(host);
        var end = host.Clock.GetUtcNow().AddYears(1);
        host.Clock.Advance(TimeSpan.FromDays(340));
        await host.RunAsync<RenewJob>();
        await MarkAsync(host);

        (await host.KeysAsync(order))[1].ShouldBe($"2 Renewal 10/0 {end.AddYears(1):yyyy-MM-dd}");
    }

    [Fact]
    public async Task There_are_no_cards_to_add()
    {
        await using var host = await Sandbox.StartAsync();
        var manual = await host.InScopeAsync(s => Task.FromResult((ManualProvider)s.GetService(typeof(ManualProvider))!));
        (await manual.StartAddPaymentMethodAsync(Sandbox.Organization.ToString(), new(Sandbox.Back), Never)).Fault.ShouldNotBeNull();
        (await manual.SetDefaultPaymentMethodAsync(Sandbox.Organization.ToString(), "pm", Never)).Fault.ShouldNotBeNull();
        (await manual.DetachPaymentMethodAsync(Sandbox.Organization.ToString(), "pm", Never)).Fault.ShouldNotBeNull();
        manual.ParseWebhook("{}"u8.ToArray(), "").Fault.ShouldBeOfType<Fault.Forbidden>();
    }

    static async Task<Guid> PaidAsync(Support.Billing.BillingHost host)
    {
        var order = await host.OrderAsync(Sandbox.Organization, "manual");
        await host.PostAsync($"/checkout/{await host.CheckoutAsync(order)}", Sandbox.Form());
        await host.RunJobsAsync();
        await MarkAsync(host);
        return order.Id;
    }

    static async Task MarkAsync(Support.Billing.BillingHost host)
    {
        var awaited = (await host.RunAsync<ListAwaitedPayments, IReadOnlyList<AwaitedPayment>>(l => l.ExecuteAsync(Never))).ShouldHaveSingleItem();
        (await host.RunAsync<MarkPaid, Result<AwaitedPayment>>(m => m.ExecuteAsync(awaited.InvoiceId, Never))).Fault.ShouldBeNull();
        await host.RunJobsAsync();
    }
}
