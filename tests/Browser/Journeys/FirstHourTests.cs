using Microsoft.Playwright;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>
/// The guide's first hour, by what is on the screen alone: set up, import an enrolment flow, invite somebody, who enrols and signs in to an application that was connected.
/// With GUIDE set, the pictures of the guide are taken anew.
/// </summary>
[Trait("Guide", "first-hour")]
public sealed class FirstHourTests(BrowserFixture journey)
{
    const int MostClicks = 40;

    [Fact]
    public async Task A_newcomer_gets_from_nothing_to_a_person_in_an_application()
    {
        await using var server = await TestServer.StartAsync();
        await using var application = await OwnApplication.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await using var home = await journey.OpenAsync(server);
        var clicks = new Clicks();
        await clicks.WatchAsync(office.Page);
        await clicks.WatchAsync(home.Page);

        await SignIn.AsAdministratorAsync(office.Page);
        await ImportAsync(office.Page);
        var link = await InviteAsync(office.Page);
        await ConnectAsync(office.Page, application);
        await home.Page.GotoAsync(link);
        await EnrolAsync(home.Page);
        await home.Page.GetByRole(AriaRole.Link, new() { Name = "Team Wiki", Exact = true }).ClickAsync();
        await Assertions.Expect(home.Page.GetByText("Hello Jane Doe")).ToBeVisibleAsync();

        clicks.Count.ShouldBeInRange(25, MostClicks);
        TestContext.Current.TestOutputHelper!.WriteLine($"{clicks.Count} clicks");
        office.Faults.ShouldBeEmpty();
        home.Faults.Where(f => !f.StartsWith($"request to another host: {application.Address}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    static async Task ImportAsync(IPage page)
    {
        await PictureAsync(page, "overview");
        await MenuAsync(page, "Flows");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import" }).ClickAsync();
        await page.GetByLabel("Or an example that ships with Postern").SelectOptionAsync("example/flows-invitation-enrollment.yaml");
        await Example.ImportChosenAsync(page);
        await PictureAsync(page, "imported");
    }

    static async Task<string> InviteAsync(IPage page)
    {
        await MenuAsync(page, "Invitations");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create" }).First.ClickAsync();
        await page.Locator("[name=name]").FillAsync("jane-doe-2026-11");
        await page.Locator("[name=flow]").SelectOptionAsync(new SelectOptionValue { Label = "Enrolment by invitation: colleagues" });
        await page.Locator("code-editor:has([name=fixed_data]) .cm-content").ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync("name: Jane Doe\nemail: jane@example.org\nattributes:\n  department: Harbour\n");
        await page.Locator("[name=single_use]").CheckAsync();
        await PictureAsync(page, "invitation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Details of jane-doe-2026-11" }).First.ClickAsync();
        var link = page.GetByLabel("Link to use the invitation").Locator("visible=true");
        await Assertions.Expect(link).ToBeVisibleAsync();
        await PictureAsync(page, "invitation-link");
        return await link.InputValueAsync();
    }

    static async Task ConnectAsync(IPage page, OwnApplication application)
    {
        await MenuAsync(page, "Applications");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create with provider" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Team Wiki");
        await page.GetByLabel("Redirect URIs").FillAsync(application.RedirectUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create application" }).ClickAsync();
        application.Issuer = await page.GetByLabel("Issuer").InputValueAsync();
        application.ClientId = await page.GetByLabel("Client ID").InputValueAsync();
        application.ClientSecret = await page.GetByLabel("Client secret", new() { Exact = true }).InputValueAsync();
        await PictureAsync(page, "application");
    }

    static async Task EnrolAsync(IPage page)
    {
        await PictureAsync(page, "enrolment");
        await page.GetByLabel("Username").FillAsync("jane");
        await page.Locator("[name=password]").FillAsync("her own long password 2");
        await page.Locator("[name=password_repeat]").FillAsync("her own long password 2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Email")).ToHaveValueAsync("jane@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");
        await PictureAsync(page, "my-applications");
    }

    static Task MenuAsync(IPage page, string item) => page.Locator("#sidebar").GetByRole(AriaRole.Link, new() { Name = item, Exact = true }).ClickAsync();

    static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GUIDE") is null)
            return;
        var before = page.ViewportSize!;
        await page.SetViewportSizeAsync(1200, 720);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Folder, "docs", "guide", "images", $"{name}.png") });
        await page.SetViewportSizeAsync(before.Width, before.Height);
    }
}
