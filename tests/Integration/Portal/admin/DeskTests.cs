using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Licensing;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.admin;

/// <summary>What the vendor's staff does at the support desk.</summary>
public sealed class DeskTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task A_ticket_goes_back_and_forth()
    {
        using var owner = await fixture.Portal.VisitorAsync("asks@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff1@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Asking");
        var organization = page.Split('/')[^1];
        (await owner.PostAsync("/support/new", ("organization", organization), ("topic", "question"), ("subject", ""), ("text", ""))).Text.ShouldContain("Write something.");

        var ticket = (await owner.PostAsync("/support/new", ("organization", organization), ("topic", "question"), ("subject", "How?"), ("text", "How does it work?"))).Location!;

        var desk = $"/admin/tickets/{ticket.Split('/')[^1]}";
        (await staff.GetAsync("/admin")).Text.ShouldContain("How?");
        (await staff.PostAsync(desk, ("text", "Like this."), ("close", "true"))).Location.ShouldBe(desk);
        await fixture.Portal.RunJobsAsync();
        fixture.Mail.LastTo("asks@example.org").Text.ShouldContain("Like this.");
        (await owner.GetAsync(ticket)).Text.ShouldContain("Closed");
        (await owner.PostAsync(ticket, ("text", "One more thing."))).Location.ShouldBe(ticket);
        (await staff.GetAsync(desk)).Text.ShouldContain("One more thing.");
    }

    [Fact]
    public async Task Nobody_writes_for_organizations_of_others()
    {
        using var owner = await fixture.Portal.VisitorAsync("mine@example.org");
        using var stranger = await fixture.Portal.VisitorAsync("notmine@example.org");
        var organization = (await owner.CreateOrganizationAsync("Mine")).Split('/')[^1];
        await stranger.CreateOrganizationAsync("Other");

        (await stranger.PostAsync("/support/new", ("organization", organization), ("topic", "question"), ("subject", "a"), ("text", "b"))).Text.ShouldContain("Choose one of your organizations.");
    }

    [Fact]
    public async Task A_license_is_taken_back_and_its_key_shown_no_more()
    {
        using var owner = await fixture.Portal.VisitorAsync("fraud@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff2@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Taken back");
        var license = await Buying.BuyAsync(owner, page, Guid.NewGuid(), "Doubtful");
        var desk = $"/admin/organizations/{page.Split('/')[^1]}";

        (await staff.PostAsync($"{desk}/licenses/{license.Split('/')[^1]}/revoke", ("reason", ""))).Location.ShouldBe(desk);
        (await staff.GetAsync(desk)).Text.ShouldContain("Give a reason");
        (await staff.PostAsync($"{desk}/licenses/{license.Split('/')[^1]}/revoke", ("reason", "paid with a stolen card"))).Location.ShouldBe(desk);

        (await owner.PostAsync($"{license}/key")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.GetAsync(license)).Text.ShouldContain("This license was taken back");
        await fixture.Portal.RunJobsAsync();
        fixture.Mail.LastTo("fraud@example.org").Text.ShouldContain("paid with a stolen card");

        // Nothing is charged for it any more, and nobody brings it back.
        (await owner.GetAsync(license)).Text.ShouldNotContain("renewed by itself");
        await owner.PostAsync($"{license}/resume");
        (await fixture.Portal.Database.ScalarAsync<long>($"SELECT count(*) FROM billing_subscription WHERE order_id = '{license.Split('/')[^1]}' AND cancel_at_period_end AND revoked")).ShouldBe(1);
    }

    [Fact]
    public async Task Bank_transfers_are_recorded_by_hand_and_bring_the_license()
    {
        using var owner = await fixture.Portal.VisitorAsync("bank@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff3@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Old fashioned");
        var checkout = (await owner.PostAsync(
            $"{page}/purchase",
            ("plan_code", "enterprise"), ("currency", "EUR"), ("provider", "manual"), ("nickname", "On invoice"), ("install_id", Guid.NewGuid().ToString()), ("internal_users", "10"), ("external_users", "0"))).Location!;
        var done = (await Buying.PayAsync(owner, checkout, "")).Location!;
        await owner.GetAsync(new Uri(done).AbsolutePath);
        (await owner.GetAsync(page)).Text.ShouldContain("for the payment to be validated");
        var desk = (await staff.GetAsync("/admin")).Text;
        var paid = desk[desk.IndexOf("/admin/payments/", StringComparison.Ordinal)..];

        (await staff.PostAsync(paid[..paid.IndexOf('"', StringComparison.Ordinal)])).Location.ShouldBe("/admin");

        await fixture.Portal.RunJobsAsync();
        (await owner.GetAsync(page)).Text.ShouldContain("Details of On invoice");
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("billing.payment_recorded");
    }

    [Fact]
    public async Task Money_goes_back_after_staff_was_asked_and_takes_the_license_with_it()
    {
        using var owner = await fixture.Portal.VisitorAsync("refunded@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff7@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Refunded");
        var license = await Buying.BuyAsync(owner, page, Guid.NewGuid(), "Mistaken");
        await fixture.Portal.RunJobsAsync();
        var text = (await staff.GetAsync($"/admin/organizations/{page.Split('/')[^1]}")).Text;
        var refund = System.Text.RegularExpressions.Regex.Match(text, "/admin/organizations/[^\"]+/refund", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        (await staff.GetAsync(refund)).Text.ShouldContain("the license ends with it");
        (await owner.GetAsync(license)).Text.ShouldNotContain("taken back");

        await staff.PostAsync(refund);
        await fixture.Portal.RunJobsAsync();

        (await owner.GetAsync(license)).Text.ShouldContain("This license was taken back");
        (await owner.GetAsync($"{page}/billing")).Text.ShouldContain("Given back");
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("billing.refunded");
    }

    [Fact]
    public async Task An_organization_that_pays_is_not_deleted_and_one_that_does_not_is()
    {
        using var owner = await fixture.Portal.VisitorAsync("deleted@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff4@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("To delete");
        var license = await Buying.BuyAsync(owner, page, Guid.NewGuid(), "Runs");
        var desk = $"/admin/organizations/{page.Split('/')[^1]}";
        await staff.PostAsync($"{desk}/delete");
        (await owner.GetAsync(page)).Status.ShouldBe(HttpStatusCode.OK);

        await owner.PostAsync($"{license}/cancel");
        (await staff.PostAsync($"{desk}/delete")).Location.ShouldBe("/admin");

        (await owner.GetAsync(page)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_authority_is_sealed_and_its_certificate_verifies_what_is_sold()
    {
        using var owner = await fixture.Portal.VisitorAsync("sealed@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff6@example.org", isSupport: true);
        var install = Guid.NewGuid();
        var license = await Buying.BuyAsync(owner, await owner.CreateOrganizationAsync("Sealed"), install, "Trusted");

        var roots = new X509Certificate2Collection();
        roots.ImportFromPem((await staff.GetAsync("/admin/license-root.pem")).Text);

        new LicenseVerifier(roots).Verify(Buying.KeyIn((await owner.PostAsync($"{license}/key")).Text), install).Value.Name.ShouldBe("Trusted");
        (await staff.GetAsync("/admin")).Text.ShouldContain(roots[0].Subject);
        (await fixture.Portal.Database.ScalarAsync<long>("SELECT count(*) FROM key_authority WHERE sealed LIKE '%PRIVATE%' OR root_pem LIKE '%PRIVATE%' OR sealed LIKE '%BEGIN%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Customers_are_found_by_what_staff_is_told()
    {
        using var owner = await fixture.Portal.VisitorAsync("lookedfor@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff8@example.org", isSupport: true);
        var install = Guid.NewGuid();
        var page = await owner.CreateOrganizationAsync("Looked for");
        var license = await Buying.BuyAsync(owner, page, install, "Paris office");
        await owner.CreateOrganizationAsync("Besides");
        var link = $"/admin/organizations/{page.Split('/')[^1]}";

        foreach (var search in new[] { "looked", "Paris", "lookedfor@", install.ToString(), license.Split('/')[^1] })
            (await staff.GetAsync($"/admin?search={search}")).Text.ShouldContain(link);
        foreach (var search in new[] { "nobody of that name", "%", Guid.NewGuid().ToString() })
            (await staff.GetAsync($"/admin?search={Uri.EscapeDataString(search)}")).Text.ShouldNotContain(link);
        (await staff.GetAsync(link)).Text.ShouldContain("by itself");
    }

    [Fact]
    public async Task Tickets_are_listed_by_whose_turn_it_is()
    {
        using var owner = await fixture.Portal.VisitorAsync("turns@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff9@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Turns");
        var ticket = (await owner.PostAsync("/support/new", ("organization", page.Split('/')[^1]), ("topic", "upgrade"), ("subject", "Whose turn?"), ("text", "Ours or yours?"))).Location!;
        var desk = $"/admin/tickets/{ticket.Split('/')[^1]}";
        async Task ListedAsync(string state)
        {
            foreach (var tab in new[] { "open", "answered", "closed", "all" })
                (await staff.GetAsync($"/admin/tickets?state={tab}")).Text.Contains("Whose turn?", StringComparison.Ordinal).ShouldBe(tab == state || tab == "all", tab);
        }

        await ListedAsync("open");
        (await staff.PostAsync(desk, ("text", "Yours."))).Location.ShouldBe(desk);
        await ListedAsync("answered");
        (await staff.PostAsync(desk, ("text", "Done."), ("close", "true"))).Location.ShouldBe(desk);
        await ListedAsync("closed");
        (await staff.PostAsync(desk, ("text", ""))).Text.ShouldContain("Write something.");
        (await staff.GetAsync($"/admin/organizations/{page.Split('/')[^1]}")).Text.ShouldContain("Whose turn?");
    }

    [Fact]
    public async Task Money_is_given_back_to_whom_it_came_from_only()
    {
        using var owner = await fixture.Portal.VisitorAsync("paid@example.org");
        using var other = await fixture.Portal.VisitorAsync("paidtoo@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff10@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Paid");
        var license = await Buying.BuyAsync(owner, page, Guid.NewGuid(), "Paid");
        var otherPage = await other.CreateOrganizationAsync("Paid too");
        await Buying.BuyAsync(other, otherPage, Guid.NewGuid(), "Paid too");
        var invoice = await fixture.Portal.Database.ScalarAsync<Guid>($"SELECT id FROM billing_invoice WHERE order_id = '{license.Split('/')[^1]}'");

        (await staff.PostAsync($"/admin/organizations/{otherPage.Split('/')[^1]}/invoices/sandbox/{invoice}/refund")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await owner.GetAsync($"{page}/billing")).Text.ShouldNotContain("Given back");
    }

    [Fact]
    public async Task Prices_that_are_deleted_are_not_sold_at()
    {
        await using var portal = await TestPortal.StartAsync();
        using var owner = await portal.VisitorAsync("pounds@example.org");
        using var staff = await portal.VisitorAsync("staff11@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Pounds");
        var plan = await portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_plan WHERE code = 'enterprise'");
        (await staff.PostAsync("/admin/catalog/prices/new", ("plan", plan.ToString()), ("seat", "internal"), ("currency", "NOK"), ("unit_minor", "70000"))).Location.ShouldBe("/admin/catalog/prices");
        (await owner.GetAsync($"{page}/purchase")).Text.ShouldContain("700.00 NOK");
        var price = $"/admin/catalog/prices/{await portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_price WHERE currency = 'NOK'")}";
        (await staff.GetAsync(price)).Text.ShouldContain($"{price}/delete");
        (await staff.GetAsync($"{price}/delete")).Text.ShouldContain("Delete this price?");

        (await staff.PostAsync($"{price}/delete")).Location.ShouldBe("/admin/catalog/prices");

        (await owner.GetAsync($"{page}/purchase")).Text.ShouldNotContain("NOK", Case.Sensitive);
        (await staff.PostAsync($"/admin/catalog/plans/{plan}/delete")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await staff.GetAsync($"/admin/catalog/plans/{plan}")).Text.ShouldNotContain("/delete");
    }

    [Fact]
    public async Task Prices_are_data()
    {
        using var owner = await fixture.Portal.VisitorAsync("prices@example.org");
        using var staff = await fixture.Portal.VisitorAsync("staff5@example.org", isSupport: true);
        var page = await owner.CreateOrganizationAsync("Prices");
        var list = (await staff.GetAsync("/admin/catalog/prices")).Text;
        list.ShouldContain("Enterprise");
        var price = await fixture.Portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_price WHERE currency = 'USD' AND seat = 'internal'");
        var plan = await fixture.Portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_plan WHERE code = 'enterprise'");

        (await staff.PostAsync($"/admin/catalog/prices/{price}", ("plan", plan.ToString()), ("seat", "internal"), ("currency", "dollars"), ("unit_minor", "6500"))).Text.ShouldContain("A currency is three capital letters");
        (await staff.PostAsync($"/admin/catalog/prices/{price}", ("plan", plan.ToString()), ("seat", "internal"), ("currency", "USD"), ("unit_minor", "6500"))).Location.ShouldBe("/admin/catalog/prices");

        (await owner.GetAsync($"{page}/purchase")).Text.ShouldContain("65.00 USD");
    }
}
