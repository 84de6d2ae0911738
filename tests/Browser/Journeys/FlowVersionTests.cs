using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody changes a flow, sees what it was before, and goes back.</summary>
[Trait("Guide", "flows")]
public sealed class FlowVersionTests(BrowserFixture fixture)
{
    const string Flow = "/if/admin/flows/flows/default-authentication-flow/";

    [Theory]
    [InlineData(true, "light", 1440)]
    [InlineData(false, "dark", 375)]
    [InlineData(true, "dark", 768)]
    public async Task A_flow_is_changed_and_brought_back(bool script, string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync(Flow);
        var stages = await page.Locator(".flow-node .row-main").AllInnerTextsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move {stages[0]} down" }).ClickAsync();
        await page.WaitForURLAsync("**/?moved=**");

        await page.GetByRole(AriaRole.Link, new() { Name = "Versions", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("The oldest version that is kept")).ToBeVisibleAsync();
        await page.LooksRightAsync($"flow-versions-{theme}-{width}", script);
        await page.Locator("main a.row-main").Nth(1).ClickAsync();
        await Assertions.Expect(page.GetByText("Going back would do this:", new() { Exact = false })).ToBeVisibleAsync();
        await page.LooksRightAsync($"flow-version-{theme}-{width}", script);

        await page.GetByRole(AriaRole.Button, new() { Name = "Revert to this version" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The flow is as this version says.")).ToBeVisibleAsync();
        await page.LooksRightAsync($"flow-reverted-{theme}-{width}", script);
        await page.GotoAsync(Flow);
        (await page.Locator(".flow-node .row-main").AllInnerTextsAsync()).ShouldBe(stages);
        window.Faults.ShouldBeEmpty();
    }
}
