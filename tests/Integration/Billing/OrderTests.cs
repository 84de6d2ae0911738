using Postern.Billing.Accounts;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Tests.Integration.Billing;

public sealed class OrderTests
{
    static readonly CancellationToken Never = CancellationToken.None;
    static readonly Uri Back = new(Sandbox.Back);
    static readonly OrderInput Good = new("enterprise", "EUR", "Main", Guid.NewGuid(), 10, 0, "sandbox", "owner");

    [Fact]
    public async Task An_order_says_what_is_wrong_with_it()
    {
        await using var host = await Sandbox.StartAsync();
        var fields = new Dictionary<OrderInput, string>
        {
            [Good with { PlanCode = "none" }] = "plan_code",
            [Good with { PlanCode = "enterprise-plus" }] = "plan_code",
            [Good with { Currency = "CHF" }] = "currency",
            [Good with { Nickname = new string('n', 101) }] = "nickname",
            [Good with { Nickname = "a\nb" }] = "nickname",
            [Good with { InstallId = Guid.Empty }] = "install_id",
            [Good with { InternalUsers = 0 }] = "internal_users",
            [Good with { ExternalUsers = -1 }] = "external_users",
            [Good with { Provider = "stripe" }] = "provider",
        };
        foreach (var (input, field) in fields)
        {
            var result = await host.RunAsync<PlaceOrder, Result<Order>>(p => p.ExecuteAsync(Sandbox.Organization, input, Never));
            result.Fault.ShouldBeOfType<Fault.Invalid>().Errors.Fields.ShouldHaveSingleItem().ShouldBe(field);
        }
        (await host.LinesAsync("SELECT id FROM billing_order")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organization_pays_in_the_currency_of_its_first_order()
    {
        await using var host = await Sandbox.StartAsync();
        await host.PaidOrderAsync();
        var result = await host.RunAsync<PlaceOrder, Result<Order>>(p => p.ExecuteAsync(Sandbox.Organization, Good, Never));
        result.Fault.ShouldNotBeNull().Message.ShouldContain("This organization pays in USD.");
        (await host.RunAsync<ReadBillingAccount, BillingAccount>(r => r.ExecuteAsync(Sandbox.Organization, Never))).Currency.ShouldBe("USD");
    }

    [Fact]
    public async Task A_checkout_is_for_orders_that_are_open_and_ones_own()
    {
        await using var host = await Sandbox.StartAsync();
        var paid = await host.PaidOrderAsync();
        (await StartAsync(Sandbox.Organization, paid.Id)).ShouldContain("sent already");
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        (await StartAsync(Guid.NewGuid(), order.Id)).ShouldContain("Order");
        (await StartAsync(Sandbox.Organization, Guid.NewGuid())).ShouldContain("Order");
        await host.Database.ExecuteAsync("UPDATE billing_plan SET archived = true");
        (await StartAsync(Sandbox.Organization, order.Id)).ShouldContain("no longer sold");

        async Task<string> StartAsync(Guid organization, Guid id) =>
            (await host.RunAsync<StartCheckout, Result<HostedPage>>(s => s.ExecuteAsync(organization, id, Back, Back, Never))).Fault.ShouldNotBeNull().Message;
    }

    [Fact]
    public async Task An_account_says_what_is_too_long()
    {
        await using var host = await Sandbox.StartAsync();
        var result = await host.RunAsync<SaveBillingAccount, Result<BillingAccount>>(s => s.ExecuteAsync(
            Sandbox.Organization, new("N\r\nInjected: header", "a@example.com", "", new string('l', 201), "", "1", "City", "", "DE", "DE12", ""), Never));
        result.Fault.ShouldBeOfType<Fault.Invalid>().Errors.Fields.ShouldBe(["name", "line1", "tax_id"], ignoreOrder: true);
        (await host.LinesAsync("SELECT name FROM billing_account")).ShouldBeEmpty();
    }
}
