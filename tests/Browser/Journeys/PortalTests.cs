using System.Globalization;
using Microsoft.Playwright;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Browser.Journeys;

/// <summary>From nothing to a licensed installation: sign-up, organization, a colleague, purchase, key, installation, invoice.</summary>
[Trait("Guide", "billing")]
[Trait("Guide", "portal")]
public sealed class PortalTests(BrowserFixture journey)
{
    const string Password = "a long first password 1";

    [Fact]
    public async Task A_customer_signs_up_buys_and_installs_a_license()
    {
        await using var pair = await TestPair.StartAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "example", "customer-portal.yaml"), TestContext.Current.CancellationToken));

        // The administrator of an installation finds the way to the portal.
        await using var office = await journey.OpenAsync(pair.Server);
        await office.Page.GotoAsync("/");
        await SignIn.AsAdministratorAsync(office.Page);
        await office.Page.GotoAsync("/if/admin/enterprise/licenses/");
        var link = (await office.Page.GetByRole(AriaRole.Link, new() { Name = "Go to Customer portal" }).GetAttributeAsync("href"))!;
        var install = await office.Page.GetByRole(AriaRole.Textbox, new() { Name = "Install ID" }).InputValueAsync();

        // The customer signs up, confirms the address, and creates an organization.
        await using var customer = await OpenAsync(pair);
        var page = customer.Page;
        await page.GotoAsync("/");
        await page.TakeAsync("60-portal-start");
        await SignUpAsync(page, pair, "Ada Lovelace", "ada@example.org");
        await page.WaitForURLAsync("**/organizations/new");
        await page.GetByLabel("Name").FillAsync("Analytical Engines");
        await page.TakeAsync("61-portal-create-organization");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Analytical Engines" })).ToBeVisibleAsync();
        var organization = page.Url;

        // A colleague is invited and accepts.
        await page.GetByLabel("Email").FillAsync("grace@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The invitation has been sent to grace@example.org.")).ToBeVisibleAsync();
        await page.TakeAsync("62-portal-organization");
        await AcceptAsync(pair, "Grace Hopper", "grace@example.org");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Grace Hopper")).ToBeVisibleAsync();

        // The purchase begins at the installation, which brings its Install ID along.
        await page.GotoAsync(link);
        await page.WaitForURLAsync("**/purchase");
        (await page.GetByLabel("Install ID").InputValueAsync()).ShouldBe(install);
        await page.GetByLabel("Name").FillAsync("Production");
        await page.GetByLabel("Internal users").FillAsync("10");
        await page.GetByLabel("External users").FillAsync("20");
        await page.TakeAsync("63-portal-purchase");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout/**");
        await PayAsync(page);
        await Assertions.Expect(page.GetByText("Successful purchase. Your license will appear here once we've validated your payment. If it doesn't, please contact us.")).ToBeVisibleAsync();
        await page.TakeAsync("64-portal-purchased");
        await pair.RunJobsAsync();

        // The license is there; its key is shown and copied.
        await page.GetByRole(AriaRole.Link, new() { Name = "Analytical Engines" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Details of Production" }).ClickAsync();
        await page.TakeAsync("65-portal-license");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show key" }).ClickAsync();
        var key = await page.GetByLabel("License key").And(page.Locator("input")).InputValueAsync();

        // It installs, and the installation shows its end, a year from now.
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "Install", Exact = true }).ClickAsync();
        await office.Page.GetByLabel("License key").FillAsync(key);
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "Install", Exact = true }).ClickAsync();
        await Assertions.Expect(office.Page.GetByText("Successfully created license.")).ToBeVisibleAsync();
        var end = pair.Server.Clock.GetUtcNow().AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Assertions.Expect(office.Page.GetByText(end).First).ToBeVisibleAsync();

        // The invoice is downloaded.
        await page.GotoAsync($"{organization}/billing");
        await page.TakeAsync("66-portal-billing");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download invoice" }).First.ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldStartWith("%PDF-");

        // Signing out ends the session here and at the provider.
        await page.GetByRole(AriaRole.Group).Or(page.Locator("drop-menu")).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.StartsWith(organization, StringComparison.Ordinal));
        await page.GotoAsync("/organizations");
        page.Url.ShouldContain("/if/flow/");
    }

    Task<Window> OpenAsync(TestPair pair) => journey.Browser.OpenAsync(pair.Portal.Address.ToString().TrimEnd('/'));

    async Task AcceptAsync(TestPair pair, string name, string email)
    {
        await pair.RunJobsAsync();
        var invitation = LinkIn(pair.Mail.LastTo(email).Text, "/invitations/");
        await using var window = await OpenAsync(pair);
        // The link leads by the provider's sign-in page, where whoever has no account makes one, back to the invitation.
        await window.Page.GotoAsync(invitation);
        await window.Page.TakeAsync("67-portal-sign-in");
        await SignUpAsync(window.Page, pair, name, email);
        window.Page.Url.ShouldEndWith(new Uri(invitation).AbsolutePath);
        await window.Page.TakeAsync("68-portal-invitation");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Accept invitation" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Welcome to Analytical Engines.")).ToBeVisibleAsync();
    }

    static async Task SignUpAsync(IPage page, TestPair pair, string name, string email)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=email]").FillAsync(email);
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("[name=password_repeat]").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText(email).Or(page.GetByText("mail")).First).ToBeVisibleAsync();
        await pair.RunJobsAsync();
        await page.GotoAsync(LinkIn(pair.Mail.LastTo(email).Text, "/if/flow/"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync($"{pair.Portal.Address}**");
    }

    static async Task PayAsync(IPage page)
    {
        foreach (var (field, value) in new[]
                 {
                     ("name", "Analytical Engines Ltd"), ("email", "accounts@example.org"), ("line1", "Main Street 1"), ("postal_code", "10115"), ("city", "Berlin"),
                     ("card_number", "4242 4242 4242 4242"), ("card_expiry", "12/40"), ("card_code", "123"),
                 })
            await page.Locator($"[name={field}]").FillAsync(value);
        await page.GetByLabel("Country").SelectOptionAsync("Germany");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await page.WaitForURLAsync("**/organizations");
    }

    static string LinkIn(string text, string path)
    {
        var at = text.IndexOf(path, StringComparison.Ordinal);
        var start = text.LastIndexOf("http", at, StringComparison.Ordinal);
        return new string([.. text[start..].TakeWhile(c => !char.IsWhiteSpace(c) && c is not (')' or '"' or '<'))]);
    }
}
