using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Every page of the portal, looked at by its owner, a stranger and the vendor's staff: nothing that the accessibility checker finds, nothing wider than the window.</summary>
public sealed class PortalPagesTests(BrowserFixture journey)
{
    static readonly Guid Install = Guid.Parse("11111111-2222-4333-8444-555555555555");

    [Theory]
    [InlineData(1440, "light")]
    [InlineData(375, "dark")]
    public async Task Pages_look_right(int width, string theme)
    {
        await using var portal = await TestPortal.StartAsync();
        using var owner = await portal.VisitorAsync("ada@example.org");
        var organization = await owner.CreateOrganizationAsync("Analytical Engines");
        var license = await BuyAsync(owner, organization, "sandbox", "Production");
        await BuyAsync(owner, organization, "sandbox", "More of it");
        await BuyAsync(owner, organization, "manual", "On invoice");
        var ticket = (await owner.PostAsync("/support/new", ("organization", organization.Split('/')[^1]), ("topic", "upgrade"), ("subject", "More users, please"), ("text", "Five more."))).Location!;
        await owner.PostAsync($"{organization}/members", ("email", "grace@example.org"), ("role", "member"));
        await owner.PostAsync($"{organization}/tokens", ("name", "Pipeline"), ("days", "30"), ("scopes", "license:read"));
        var looks = new Looks(width == 1440);

        await using var stranger = await journey.Browser.OpenAsync(portal.Address.ToString().TrimEnd('/'), width, 900, theme);
        await looks.AtAsync(stranger.Page, "/", "a0-portal-start");
        await looks.AtAsync(stranger.Page, "/no-such-page", "a1-portal-not-found");

        await using var customer = await OpenAsync(portal, "ada@example.org", width, theme);
        var page = customer.Page;
        (string Path, string Name)[] pages =
        [
            ("/organizations", "organizations"), ("/organizations/new", "create"), (organization, "organization"), ($"{organization}/edit", "edit"), ($"{organization}/leave", "leave"),
            ($"{organization}/members/subject of ada@example.org/remove", "remove"), ($"{organization}/audit", "audit"), ($"{organization}/tokens", "tokens"), ($"{organization}/billing", "billing"),
            ($"{organization}/purchase?install_id={Install}", "purchase"), (license, "license"), ($"{license}/users", "users"), ($"{license}/cancel", "cancel"), ($"{license}/reissue", "reissue"),
            ("/support", "support"), ("/support/new", "new-ticket"), (ticket, "ticket"), ($"/organizations/{Guid.NewGuid()}", "of-others"),
        ];
        foreach (var (index, (path, name)) in pages.Index())
            await looks.AtAsync(page, path, $"b{index:00}-portal-{name}");
        await page.GotoAsync(license);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show key" }).ClickAsync();
        await Assertions.Expect(page.GetByText("That you looked at the key is written")).ToBeVisibleAsync();
        await looks.HereAsync(page, "c0-portal-key");
        await page.GotoAsync(license);
        await page.GetByRole(AriaRole.Link, new() { Name = "Issue a new key" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Issue a new key" })).ToBeVisibleAsync();
        await looks.HereAsync(page, "c1-portal-reissue-dialog");
        await page.GotoAsync($"{organization}/purchase");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Install ID").FillAsync("not an Install ID");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Enter the Install ID that your installation shows").First).ToBeVisibleAsync();
        await looks.HereAsync(page, "c2-portal-purchase-refused");
        await looks.AtAsync(page, await OrderAsync(owner, organization, "sandbox", "Another"), "c3-portal-checkout");
        await page.Locator("[name=card_number]").FillAsync("4000 0000 0000 0002");
        await page.Locator("[name=card_expiry]").FillAsync("12/40");
        await page.Locator("[name=card_code]").FillAsync("123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).GetByText("Your card was declined.")).ToBeVisibleAsync();
        await looks.HereAsync(page, "c4-portal-checkout-declined");
        await looks.AtAsync(page, "/checkout/cs_of_nobody", "c5-portal-checkout-closed");

        await using var office = await OpenAsync(portal, "support@example.org", width, theme, isSupport: true);
        var desk = $"/admin/organizations/{organization.Split('/')[^1]}";
        var invoice = await portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_invoice WHERE provider = 'sandbox' LIMIT 1");
        var price = await portal.Database.ScalarAsync<Guid>("SELECT id FROM billing_price LIMIT 1");
        (string Path, string Name)[] desks =
        [
            ("/admin", "desk"), ("/admin/tickets", "tickets"), ($"/admin/tickets/{ticket.Split('/')[^1]}", "ticket"), (desk, "organization"), ($"{desk}/delete", "delete"),
            ($"{desk}/licenses/{license.Split('/')[^1]}/reissue", "reissue"), ($"{desk}/invoices/sandbox/{invoice}/refund", "refund"), (organization, "as-members"), ("/admin/catalog/plans", "plans"),
            ("/admin/catalog/prices", "prices"), ("/admin/catalog/tax-rates", "tax-rates"), ("/admin/catalog/tax-id-formats", "formats"), ("/admin/catalog/seller", "sellers"),
            ("/admin/catalog/plans/new", "new-plan"), ("/admin/catalog/prices/new", "new-price"), ($"/admin/catalog/prices/{price}", "price"), ($"/admin/catalog/prices/{price}/delete", "delete-price"),
            ("/admin/catalog/tax-rates/new", "new-rate"), ("/admin/catalog/tax-id-formats/new", "new-format"),
        ];
        foreach (var (index, (path, name)) in desks.Index())
            await looks.AtAsync(office.Page, path, $"d{index:00}-portal-desk-{name}");
        await office.Page.GotoAsync("/admin/catalog/seller");
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Assertions.Expect(office.Page.GetByLabel("Bank account")).ToBeVisibleAsync();
        await looks.HereAsync(office.Page, "e0-portal-desk-seller");
        await office.Page.GotoAsync(desk);
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "Give back" }).First.ClickAsync();
        await Assertions.Expect(office.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Give back" })).ToBeVisibleAsync();
        await looks.HereAsync(office.Page, "e1-portal-desk-refund-dialog");

        // A renewal that cannot be paid.
        var checkout = (await owner.PostAsync($"{organization}/billing/methods")).Location!;
        await owner.PostForgedAsync(checkout, ("action", "pay"), ("card_number", "4000000000000341"), ("card_expiry", "12/40"), ("card_code", "123"));
        portal.Clock.Advance(TimeSpan.FromDays(366));
        await portal.Services.GetRequiredService<Postern.Jobs.JobRunner>().PlantSchedulesAsync(CancellationToken.None);
        while (await portal.RunJobsAsync() > 0)
        {
        }
        await using var later = await OpenAsync(portal, "ada@example.org", width, theme);
        await looks.AtAsync(later.Page, $"{organization}/billing", "f0-portal-billing-owing");
        await looks.AtAsync(later.Page, license, "f1-portal-license-expired");
        await using var laterOffice = await OpenAsync(portal, "support@example.org", width, theme, isSupport: true);
        await looks.AtAsync(laterOffice.Page, "/admin", "f2-portal-desk-failing");
        looks.Wrong.ShouldBeEmpty();
    }

    async Task<Window> OpenAsync(TestPortal portal, string email, int width, string theme, bool isSupport = false)
    {
        var window = await journey.Browser.OpenAsync(portal.Address.ToString().TrimEnd('/'), width, 900, theme);
        await window.Page.Context.AddCookiesAsync([new Cookie { Name = TestPortal.SessionCookie, Value = await portal.SessionAsync(email, isSupport), Url = portal.Address.ToString() }]);
        return window;
    }

    static async Task<string> OrderAsync(PortalVisitor owner, string organization, string provider, string name) => (await owner.PostAsync(
        $"{organization}/purchase",
        ("plan_code", "enterprise"), ("currency", "EUR"), ("provider", provider), ("nickname", name), ("install_id", Install.ToString()), ("internal_users", "10"), ("external_users", "20"))).Location!;

    static async Task<string> BuyAsync(PortalVisitor owner, string organization, string provider, string name)
    {
        var paid = await owner.PostForgedAsync(
            await OrderAsync(owner, organization, provider, name),
            ("action", "pay"), ("internal_users", "10"), ("external_users", "20"), ("name", "Example Ltd"), ("email", "accounts@example.org"), ("line1", "Main Street 1"), ("postal_code", "10115"),
            ("city", "Berlin"), ("country", "DE"), ("card_number", "4242424242424242"), ("card_expiry", "12/40"), ("card_code", "123"));
        var done = new Uri(paid.Location!).AbsolutePath;
        await owner.GetAsync(done);
        return done.Replace("/purchase/", "/licenses/", StringComparison.Ordinal).Replace("/done", "", StringComparison.Ordinal);
    }

    /// <summary>Looks at pages and remembers all that is wrong; takes pictures in one of the windows only.</summary>
    sealed class Looks(bool picture)
    {
        public List<string> Wrong { get; } = [];

        public async Task AtAsync(IPage page, string path, string name)
        {
            await page.GotoAsync(path);
            await HereAsync(page, name);
        }

        public async Task HereAsync(IPage page, string name)
        {
            try
            {
                await page.LooksRightAsync(name, picture: false);
            }
            catch (ShouldAssertException wrong)
            {
                Wrong.Add($"{name}: {wrong.Message}");
            }
            if (picture)
                await page.TakeAsync(name);
        }
    }
}
