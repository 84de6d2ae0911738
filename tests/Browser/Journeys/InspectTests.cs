using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator goes through a flow with the inspector beside it.</summary>
public sealed class InspectTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData(true, "light", 1440)]
    [InlineData(false, "dark", 375)]
    public async Task The_panel_follows_the_run(bool script, string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/flows/flows/default-password-change/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Inspect" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = "Flow inspector" });
        await Assertions.Expect(panel.Locator("[aria-current=step]")).ToContainTextAsync("Prompt Stage");
        await Assertions.Expect(panel).ToContainTextAsync("The run knows nothing yet.");
        if (script)
            (await page.ViolationsAsync()).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")).ShouldBeFalse();
        await page.TakeAsync($"inspector-{theme}");
        await panel.GetByRole(AriaRole.Link, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0);
        window.Faults.ShouldBeEmpty();
    }
}
