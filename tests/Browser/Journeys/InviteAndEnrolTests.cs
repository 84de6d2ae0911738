using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The first hour: set up, import the enrolment flow, invite somebody, who enrols and is found in the directory.</summary>
public sealed class InviteAndEnrolTests(BrowserFixture journey)
{
    [Fact]
    public async Task A_colleague_is_invited_and_enrols()
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        var admin = office.Page;
        await SetUpAsync(admin);
        await ImportAsync(admin);
        var link = await InviteAsync(admin, "internal-engineering");

        await using var home = await journey.OpenAsync(server);
        await EnrolAsync(home.Page, link);
        await Assertions.Expect(home.Page.GetByRole(AriaRole.Heading, new() { Name = "My applications" })).ToBeVisibleAsync();
        await home.Page.TakeAsync("12-enrolled");
        await FindAsync(admin, "users/internal/engineering");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Groups" }).Last.ClickAsync();
        await Assertions.Expect(admin.GetByText("engineering-team").First).ToBeVisibleAsync();
        await admin.TakeAsync("14-groups");
        office.Faults.ShouldBeEmpty();
        home.Faults.ShouldBeEmpty();

        await using var late = await journey.OpenAsync(server, script: false);
        await late.Page.GotoAsync(link);
        await Assertions.Expect(late.Page.GetByText("Invalid invite/invite not found")).ToBeVisibleAsync();
        await late.Page.TakeAsync("15-link-used-up");
    }

    [Fact]
    public async Task Somebody_from_outside_enrols_without_script()
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SetUpAsync(office.Page);
        await ImportExampleAsync(office.Page);
        var link = await InviteAsync(office.Page, "external");
        await using var home = await journey.OpenAsync(server, script: false);
        await EnrolAsync(home.Page, link);
        // External people have no page of their own and are told so.
        await Assertions.Expect(home.Page.GetByText("Interface can only be accessed by internal users")).ToBeVisibleAsync();
        await home.Page.TakeAsync("12-enrolled-outside");
        await FindAsync(office.Page, "users/external");
    }

    static async Task SetUpAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.TakeAsync("01-setup");
        await SignIn.AsAdministratorAsync(page);
        await page.TakeAsync("02-overview");
    }

    static async Task ImportAsync(IPage page)
    {
        await page.GotoAsync("/if/admin/flows/flows/");
        await page.TakeAsync("03-flows");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(Example.File("flows-invitation-enrollment.yaml"));
        await page.TakeAsync("04-import");
        await Example.ImportChosenAsync(page);
        await page.TakeAsync("05-imported");
    }

    static async Task ImportExampleAsync(IPage page)
    {
        await page.GotoAsync("/if/admin/flows/flows/import/");
        await page.GetByLabel("Or an example that ships with Postern").SelectOptionAsync("example/flows-invitation-enrollment.yaml");
        await Example.ImportChosenAsync(page);
    }

    static async Task<string> InviteAsync(IPage page, string audience)
    {
        await page.GotoAsync("/if/admin/directory/invitations/");
        await page.TakeAsync("06-invitations-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create" }).First.ClickAsync();
        await page.Locator("[name=name]").FillAsync("jane-doe-2026-11");
        await page.Locator("[name=flow]").SelectOptionAsync(await FlowAsync(page, $"invitation-enrollment-flow-{audience}"));
        await page.Locator("[name=single_use]").CheckAsync();
        await WriteCodeAsync(page, "fixed_data", "name: Jane Doe\nemail: jane@example.org\nattributes:\n  department: Harbour\n  badge:\n    colour: blue\n");
        await page.TakeAsync("07-new-invitation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("jane-doe-2026-11").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Details of jane-doe-2026-11" }).First.ClickAsync();
        var link = page.GetByLabel("Link to use the invitation").Locator("visible=true");
        await Assertions.Expect(link).ToBeVisibleAsync();
        await page.TakeAsync("08-invitation-link");
        return await link.InputValueAsync();
    }

    static async Task EnrolAsync(IPage page, string link)
    {
        link.ShouldMatch(@"/if/flow/invitation-enrollment-flow-[a-z-]+/\?itoken=[0-9a-f-]{36}$");
        await page.GotoAsync(link);
        await page.TakeAsync("10-enrol-credentials");
        await page.GetByLabel("Username").FillAsync("jane");
        await page.Locator("[name=password]").FillAsync("her own long password 2");
        await page.Locator("[name=password_repeat]").FillAsync("her own long password 2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Jane Doe");
        await Assertions.Expect(page.GetByLabel("Email")).ToHaveValueAsync("jane@example.org");
        await page.TakeAsync("11-enrol-details");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");
    }

    static async Task FindAsync(IPage page, string path)
    {
        await page.GotoAsync("/if/admin/directory/users/?search=jane");
        await page.TakeAsync("13-users");
        await page.GetByRole(AriaRole.Link, new() { Name = "jane", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText(path).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Harbour").First).ToBeVisibleAsync();
        await page.TakeAsync("14-user");
    }

    static async Task<string> FlowAsync(IPage page, string slug)
    {
        var answer = await page.APIRequest.GetAsync($"/api/v3/flows/instances/{slug}/");
        return (await answer.JsonAsync())!.Value.GetProperty("pk").GetString()!;
    }

    /// <summary>Writes into a code editor, which stands before the text field of that name.</summary>
    static async Task WriteCodeAsync(IPage page, string name, string text)
    {
        var editor = page.Locator($"code-editor:has([name={name}]) .cm-content");
        await editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }
}
