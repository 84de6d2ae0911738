using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>A flow's stages and who may use it are arranged on the flow's page.</summary>
public sealed class BindTests(BrowserFixture journey)
{
    const string Flow = "/if/admin/flows/flows/default-password-change/";

    [Fact]
    public async Task Groups_and_stages_are_bound_and_removed()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync(Flow);

        await page.GetByRole(AriaRole.Link, new() { Name = "Bind a policy, group or user" }).ClickAsync();
        await page.Locator("[name=group]").SelectOptionAsync(new SelectOptionValue { Label = "authentik Admins" });
        await page.TakeAsync("20-bind-group");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "authentik Admins", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Bind a stage" }).ClickAsync();
        await page.Locator("[name=stage]").SelectOptionAsync(new SelectOptionValue { Label = "default-user-settings" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "default-user-settings", Exact = true })).ToBeVisibleAsync();
        await page.TakeAsync("21-flow");

        await page.GetByRole(AriaRole.Link, new() { Name = "Remove default-user-settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "default-user-settings", Exact = true })).ToHaveCountAsync(0);
        page.Url.ShouldEndWith(Flow);

        await page.GetByRole(AriaRole.Link, new() { Name = "Remove binding of authentik Admins" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing is bound")).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }
}
