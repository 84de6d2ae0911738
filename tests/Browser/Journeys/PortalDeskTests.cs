using System.Globalization;
using Microsoft.Playwright;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Browser.Journeys;

/// <summary>What owners do with a license after they have bought it, and what the vendor's staff does at the support desk.</summary>
public sealed class PortalDeskTests(BrowserFixture journey)
{
    [Fact]
    public async Task Staff_answers_takes_payments_and_sets_prices()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var customer = await OpenAsync(portal, "ada@example.org");
        await using var office = await OpenAsync(portal, "support@example.org", isSupport: true);
        var (page, desk) = (customer.Page, office.Page);
        var organization = await CreateAsync(page);

        // A ticket goes back and forth.
        await page.GotoAsync("/support");
        await page.TakeAsync("70-portal-tickets-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open a ticket" }).ClickAsync();
        await page.GetByLabel("Subject").FillAsync("How do we pay on invoice?");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Our accounting does not use cards.");
        await page.TakeAsync("71-portal-new-ticket");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open ticket" }).ClickAsync();
        await Assertions.Expect(page.GetByText("was opened. We answer by mail and here.")).ToBeVisibleAsync();
        var ticket = page.Url;
        await desk.GotoAsync("/admin");
        await desk.GetByRole(AriaRole.Link, new() { Name = "How do we pay on invoice?" }).ClickAsync();
        await desk.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("Choose bank transfer.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Send and close" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Closed", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(ticket);
        await Assertions.Expect(page.GetByText("Choose bank transfer.")).ToBeVisibleAsync();
        await page.TakeAsync("72-portal-ticket");

        // A bank transfer is ordered, and recorded when the money has come in.
        await page.GotoAsync($"{organization}/purchase");
        await page.GetByLabel("Name").FillAsync("Production");
        await page.GetByLabel("Install ID").FillAsync(Guid.NewGuid().ToString());
        await page.GetByLabel("Internal users").FillAsync("10");
        await page.GetByLabel("Payment").SelectOptionAsync("manual");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout/**");
        await page.TakeAsync("73-portal-transfer");
        await FillAccountAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await page.WaitForURLAsync("**/organizations");
        await page.GotoAsync(organization);
        await Assertions.Expect(page.GetByText("for the payment to be validated")).ToBeVisibleAsync();
        await desk.GotoAsync("/admin");
        await desk.TakeAsync("74-portal-desk");
        await desk.GetByRole(AriaRole.Button, new() { Name = "is paid" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("The payment was recorded.")).ToBeVisibleAsync();
        await RunJobsAsync(portal);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Details of Production" }).ClickAsync();
        await page.WaitForURLAsync("**/licenses/*");
        await Assertions.Expect(page.GetByText("Active").First).ToBeVisibleAsync();
        var license = page.Url;

        // The key is issued anew, then the license is taken back; the customer reads why.
        await desk.GetByRole(AriaRole.Link, new() { Name = "Analytical Engines" }).First.ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Issue a new key" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Issue a new key" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("A new key was issued, and the one before it revoked.")).ToBeVisibleAsync();
        await desk.TakeAsync("75-portal-desk-organization");
        await desk.GetByLabel("Reason for taking it back").FillAsync("the order was a mistake");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("The license was taken back.")).ToBeVisibleAsync();
        await page.GotoAsync(license);
        await Assertions.Expect(page.GetByText("This license was taken back")).ToBeVisibleAsync();
        await page.TakeAsync("76-portal-license-revoked");

        // Plans and prices are edited, and hold for the next purchase.
        await desk.GotoAsync("/admin");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Plans, prices and taxes" }).ClickAsync();
        await desk.TakeAsync("77-portal-plans");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Edit Enterprise" }).First.ClickAsync();
        await desk.GetByLabel("Description").FillAsync("Everything, with answers within a day");
        await desk.TakeAsync("78-portal-plan");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("It was saved.")).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Prices" }).ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Edit Enterprise Internal EUR" }).ClickAsync();
        await desk.Locator("[name=unit_minor]").FillAsync("6100");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("It was saved.")).ToBeVisibleAsync();
        await desk.TakeAsync("79-portal-prices");
        await page.GotoAsync($"{organization}/purchase");
        await Assertions.Expect(page.GetByText("61.00 EUR")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Everything, with answers within a day")).ToBeVisibleAsync();
        office.Faults.ShouldBeEmpty();
        customer.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_owner_changes_users_at_the_price_that_was_shown_and_looks_after_billing()
    {
        await using var portal = await TestPortal.StartAsync();
        await using var customer = await OpenAsync(portal, "ada@example.org");
        var page = customer.Page;
        var organization = await CreateAsync(page);
        await BuyAsync(page, organization);
        await RunJobsAsync(portal);
        await page.GotoAsync(organization);
        await page.GetByRole(AriaRole.Link, new() { Name = "Details of Production" }).ClickAsync();
        await page.WaitForURLAsync("**/licenses/*");
        var license = page.Url;

        // More users: the price first.
        await page.GetByRole(AriaRole.Link, new() { Name = "Change number of users" }).ClickAsync();
        await page.GetByLabel("Internal users").FillAsync("15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the price" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Charged now")).ToBeVisibleAsync();
        var charged = (await page.Locator(".fact", new() { HasText = "Charged now" }).Locator("strong").InnerTextAsync()).Trim();
        await page.TakeAsync("80-portal-users-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change number of users" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The number of users was changed.")).ToBeVisibleAsync();
        await RunJobsAsync(portal);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Superseded")).ToBeVisibleAsync();
        await page.TakeAsync("81-portal-license-changed");

        // Cancelled, and renewed after all.
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop renewing" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Renew after all" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Renew after all" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The license will be renewed.")).ToBeVisibleAsync();

        // The invoice is about what was shown; a second card, which the bank wants confirmed, becomes the default until the first is chosen again.
        await page.GotoAsync($"{organization}/billing");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = charged })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a payment method" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout/**");
        await FillCardAsync(page, "4000 0025 0000 3155");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add card" }).ClickAsync();
        await page.TakeAsync("82-portal-confirm-card");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.WaitForURLAsync("**/billing");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "ending in 3155" }).GetByText("Default")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make default: Visa ending in 4242" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Renewals are charged to this card from now on.")).ToBeVisibleAsync();
        await page.TakeAsync("83-portal-billing");

        // A token, shown once, reports usage, which the license shows.
        await page.GotoAsync($"{organization}/tokens");
        await page.GetByLabel("Name").FillAsync("Pipeline");
        await page.GetByLabel("usage:write").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        var token = await page.GetByLabel("Token").And(page.Locator("input")).InputValueAsync();
        await page.TakeAsync("84-portal-token");
        await ReportAsync(portal, token, "8");
        portal.Clock.Advance(TimeSpan.FromHours(25));
        await SignInAsync(customer, portal, "ada@example.org");
        await ReportAsync(portal, token, "12");
        await page.GotoAsync(license);
        await Assertions.Expect(page.GetByText("Reported usage")).ToBeVisibleAsync();
        await page.TakeAsync("85-portal-license-usage");
        await page.GotoAsync(organization);
        await Assertions.Expect(page.GetByText("12 of 15")).ToBeVisibleAsync();
        await page.TakeAsync("86-portal-organization-usage");
        await page.GotoAsync($"{organization}/audit");
        await Assertions.Expect(page.GetByText("license.users_changed")).ToBeVisibleAsync();
        await page.TakeAsync("87-portal-audit");
        // The preview and the token answer their forms with 422, which browsers write down.
        customer.Faults.Where(f => !f.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    async Task<Window> OpenAsync(TestPortal portal, string email, bool isSupport = false)
    {
        var window = await journey.Browser.OpenAsync(portal.Address.ToString().TrimEnd('/'));
        await SignInAsync(window, portal, email, isSupport);
        return window;
    }

    static async Task SignInAsync(Window window, TestPortal portal, string email, bool isSupport = false) =>
        await window.Page.Context.AddCookiesAsync([new Cookie { Name = TestPortal.SessionCookie, Value = await portal.SessionAsync(email, isSupport), Url = portal.Address.ToString() }]);

    static async Task<string> CreateAsync(IPage page)
    {
        await page.GotoAsync("/organizations/new");
        await page.GetByLabel("Name").FillAsync("Analytical Engines");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Analytical Engines" })).ToBeVisibleAsync();
        return page.Url;
    }

    static async Task BuyAsync(IPage page, string organization)
    {
        await page.GotoAsync($"{organization}/purchase");
        await page.GetByLabel("Name").FillAsync("Production");
        await page.GetByLabel("Install ID").FillAsync("11111111-2222-4333-8444-555555555555");
        await page.GetByLabel("Internal users").FillAsync("10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout/**");
        await FillAccountAsync(page);
        await FillCardAsync(page, "4242 4242 4242 4242");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await page.WaitForURLAsync("**/organizations");
    }

    static async Task FillAccountAsync(IPage page)
    {
        await page.GetByLabel("Country").SelectOptionAsync("Germany");
        await FillAsync(page, ("name", "Analytical Engines Ltd"), ("email", "accounts@example.org"), ("line1", "Main Street 1"), ("postal_code", "10115"), ("city", "Berlin"));
    }

    static Task FillCardAsync(IPage page, string number) => FillAsync(page, ("card_number", number), ("card_expiry", "12/40"), ("card_code", "123"));

    static async Task FillAsync(IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            await page.Locator($"[name={name}]").FillAsync(value);
    }

    static async Task ReportAsync(TestPortal portal, string token, string users)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var body = new StringContent(
            string.Create(CultureInfo.InvariantCulture, $$"""{"install_id": "11111111-2222-4333-8444-555555555555", "internal_users": {{users}}, "external_users": 0, "version": "2026.8"}"""), System.Text.Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri("/api/v1/usage", UriKind.Relative), body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    static async Task RunJobsAsync(TestPortal portal)
    {
        while (await portal.RunJobsAsync() > 0)
        {
        }
    }
}
