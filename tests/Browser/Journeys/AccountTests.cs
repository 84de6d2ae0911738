using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>People look after their own account: devices, sessions, tokens, consents.</summary>
[Trait("Guide", "sessions")]
public sealed class AccountTests(BrowserFixture journey)
{
    [Theory]
    [InlineData(true, "light")]
    [InlineData(false, "dark")]
    public async Task Devices_sessions_and_tokens_are_looked_after(bool script, string theme)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);

        await page.GotoAsync("/if/user/settings/");
        await page.LooksRightAsync("40-account", script, picture: theme is "light");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign-in methods" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have no device yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Recovery codes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/settings/devices/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rename Static Token" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Sheet in the safe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Sheet in the safe")).ToBeVisibleAsync();
        await page.LooksRightAsync("41-devices", script, picture: theme is "light");
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove Sheet in the safe" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have no device yet")).ToBeVisibleAsync();

        var root = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'akadmin'");
        await server.AddSessionAsync(new Directory.Users.User { Pk = root });
        await server.AddSessionAsync(new Directory.Users.User { Pk = root });
        await page.GetByRole(AriaRole.Link, new() { Name = "Sessions" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This browser")).ToBeVisibleAsync();
        await page.LooksRightAsync("42-sessions", script, picture: theme is "light");
        await page.GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("The session was ended.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are signed out everywhere else.")).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {root}")).ShouldBe(1);

        await page.GetByRole(AriaRole.Link, new() { Name = "Tokens" }).ClickAsync();
        await page.GetByLabel("Identifier").FillAsync("my-script");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        (await page.GetByLabel("Token", new() { Exact = true }).InputValueAsync()).Length.ShouldBe(60);
        await page.LooksRightAsync("43-tokens", script, picture: theme is "light");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete my-script" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have no tokens")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Connected applications" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have given no consent")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html[aria-busy]")).ToHaveCountAsync(0);
        await page.LooksRightAsync("44-consents", script, picture: theme is "light");
        window.Faults.Where(f => !f.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
