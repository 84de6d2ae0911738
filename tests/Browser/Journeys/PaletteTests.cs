using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody finds their way by a few letters: with the palette, or with the search page where there is no script.</summary>
public sealed class PaletteTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 375)]
    public async Task The_palette_is_used_by_keys_alone(string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("marigold");
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.Keyboard.PressAsync("Control+k");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Command palette" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        var box = (await dialog.BoundingBoxAsync())!;
        ((box.X * 2) + box.Width).ShouldBe(width, 2, "in the middle of the window");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Find" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("marig");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Option, new() { Name = "marigold" })).ToHaveAttributeAsync("aria-selected", "true");
        (await page.ViolationsAsync()).ShouldBeEmpty();
        await page.TakeAsync($"palette-{theme}");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/if/admin/directory/users/*/");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("create gro");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/if/admin/directory/groups/new/");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("page");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("no such thing at all");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nothing found");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_search_page_works_without_a_script_and_shows_what_one_may_see()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("marigold");
        await using var window = await fixture.OpenAsync(server, script: false);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search everything" }).FillAsync("marig");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/if/admin/search/?q=marig");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "marigold" })).ToBeVisibleAsync();
        await page.TakeAsync("search-page");
        await page.GotoAsync("/if/admin/search/?q=nothing+at+all");
        await Assertions.Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();

        // Without the right to see users there are none.
        await server.Database.ExecuteAsync("UPDATE \"group\" SET is_superuser = false");
        var role = await server.AddRoleAsync("door", "authentik_rbac.access_admin_interface");
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) SELECT pk, '{role}' FROM \"user\" WHERE username = 'akadmin'");
        await page.GotoAsync("/if/admin/search/?q=marig");
        await Assertions.Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
        await page.GotoAsync("/if/admin/search/?q=users");
        await Assertions.Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }
}
