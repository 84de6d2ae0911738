using System.Net;

namespace Postern.Tests.Integration.Billing;

public sealed class CheckoutTests
{
    [Fact]
    public async Task A_card_that_succeeds_buys_a_licence_for_a_year()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var id = await host.CheckoutAsync(order);
        using var browser = host.Browser();
        var page = await browser.GetStringAsync($"/checkout/{id}");
        page.ShouldContain("Sandbox.");
        page.ShouldContain("600.00 USD");

        var (status, _, location) = await host.PostAsync($"/checkout/{id}", Sandbox.Form());

        (status, location).ShouldBe((HttpStatusCode.Redirect, Sandbox.Back));
        (await host.KeysAsync(order.Id)).ShouldBeEmpty("the payment is not validated yet");
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).ShouldBe([$"1 Initial 10/0 {host.Clock.GetUtcNow().AddYears(1):yyyy-MM-dd}"]);
        (await host.ToldAsync(order.Id)).ShouldBe(["OrderReceived"]);
        (await host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["fulfilled"]);
        (await host.LinesAsync("SELECT number || ' ' || status || ' ' || total_minor FROM billing_invoice")).ShouldBe(["INV-000001 paid 73800"]);
    }

    [Fact]
    public async Task Numbers_of_users_may_still_be_changed_at_the_checkout()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var id = await host.CheckoutAsync(order);
        var form = Sandbox.Form(internalUsers: 3, externalUsers: 500);
        form["action"] = "update";
        (await host.PostAsync($"/checkout/{id}", form)).Page.ShouldContain("300.00 USD");
        (await host.KeysAsync(order.Id)).ShouldBeEmpty();

        form["action"] = "pay";
        await host.PostAsync($"/checkout/{id}", form);
        await host.RunJobsAsync();

        (await host.KeysAsync(order.Id)).ShouldHaveSingleItem().ShouldStartWith("1 Initial 3/500 ");
    }

    [Theory]
    [InlineData("card_number", "4000 0000 0000 0002", "Your card was declined.")]
    [InlineData("card_number", "4000 0000 0000 0341", "Your card was declined.")]
    [InlineData("card_number", "5555 5555 5555 4444", "The sandbox takes its test cards only")]
    [InlineData("card_expiry", "12/20", "Enter a month to come")]
    [InlineData("card_expiry", "13/49", "Enter a month to come")]
    [InlineData("card_expiry", "soon", "Enter a month to come")]
    [InlineData("card_code", "12", "Enter three or four digits.")]
    [InlineData("internal_users", "0", "Choose a number from 1 to 1000000.")]
    [InlineData("internal_users", "-5", "Choose a number from 1 to 1000000.")]
    [InlineData("internal_users", "ten", "Choose a number from 1 to 1000000.")]
    [InlineData("external_users", "1000001", "Choose a number from 0 to 1000000.")]
    [InlineData("name", " ", "This field is required.")]
    [InlineData("email", "nobody", "Enter a valid email address.")]
    [InlineData("country", "Ireland", "Choose a country.")]
    [InlineData("tax_id", "IE12", "This is no VAT number of IE; one looks like IE1234567AB.")]
    [InlineData("phone", "call me", "A phone number has 5 to 20 digits")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_written(string field, string value, string error)
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var form = Sandbox.Form();
        form[field] = value;

        var (status, page, _) = await host.PostAsync($"/checkout/{await host.CheckoutAsync(order)}", form);

        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain(error);
        page.ShouldContain($"id=\"{field}-error\"");
        page.ShouldNotContain("value=\"4");
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).ShouldBeEmpty();
        (await host.LinesAsync("SELECT id FROM billing_card UNION ALL SELECT id FROM billing_ledger UNION ALL SELECT number FROM billing_invoice UNION ALL SELECT name FROM billing_series")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("confirm", 1)]
    [InlineData("refuse", 0)]
    public async Task A_card_that_needs_confirmation_asks_its_owner(string answer, int keys)
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var address = $"/checkout/{await host.CheckoutAsync(order)}";

        (await host.PostAsync(address, Sandbox.Form("4000 0025 0000 3155"))).Location.ShouldBe(address);
        using var browser = host.Browser();
        (await browser.GetStringAsync(address)).ShouldContain("Your bank asks");
        await host.RunJobsAsync();
        (await host.KeysAsync(order.Id)).ShouldBeEmpty();
        await host.PostAsync($"{address}/confirm", new(StringComparer.Ordinal) { ["action"] = answer });
        await host.RunJobsAsync();

        (await host.KeysAsync(order.Id)).Count.ShouldBe(keys);
        (await host.LinesAsync("SELECT id FROM billing_card")).Count.ShouldBe(keys);
    }

    [Trait("Fault", "F8")]
    [Fact]
    public async Task Pressed_twice_it_is_paid_once()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var address = $"/checkout/{await host.CheckoutAsync(order)}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.PostAsync(address, Sandbox.Form())));
        await host.RunJobsAsync();

        answers.Count(a => a.Status is HttpStatusCode.Redirect).ShouldBe(1);
        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
        (await host.LinesAsync("SELECT number FROM billing_invoice")).ShouldBe(["INV-000001"]);
    }

    [Fact]
    public async Task After_a_day_it_is_closed_and_the_order_expires()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var address = $"/checkout/{await host.CheckoutAsync(order)}";
        host.Clock.Advance(TimeSpan.FromHours(24));

        (await host.PostAsync(address, Sandbox.Form())).Status.ShouldBe(HttpStatusCode.NotFound);
        await host.RunAsync<Postern.Billing.News.Reconcile>();

        (await host.LinesAsync("SELECT status FROM billing_order")).ShouldBe(["expired"]);
    }

    [Fact]
    public async Task Prices_that_changed_meanwhile_are_not_charged()
    {
        await using var host = await Sandbox.StartAsync();
        var order = await host.OrderAsync(Sandbox.Organization, "sandbox");
        var address = $"/checkout/{await host.CheckoutAsync(order)}";
        await host.Database.ExecuteAsync("UPDATE billing_price SET unit_minor = 9900 WHERE currency = 'USD' AND seat = 'internal'");

        (await host.PostAsync(address, Sandbox.Form())).Page.ShouldContain("The prices have changed meanwhile.");
    }

    [Fact]
    public async Task A_stranger_finds_no_checkout()
    {
        await using var host = await Sandbox.StartAsync();
        using var browser = host.Browser();
        (await browser.GetAsync("/checkout/cs_guessed")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.PostAsync("/checkout/cs_guessed", Sandbox.Form())).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.PostAsync("/checkout/cs_guessed/confirm", Sandbox.Form())).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
