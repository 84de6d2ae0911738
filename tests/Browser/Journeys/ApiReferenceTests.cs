using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Programmers look up how to call the API; nobody has to sign in for it.</summary>
public sealed class ApiReferenceTests(BrowserFixture journey)
{
    [Theory]
    [InlineData(375, "light", true)]
    [InlineData(1280, "dark", false)]
    public async Task An_operation_is_found_by_subject_and_by_search(int width, string theme, bool script)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server, width, theme: theme, script: script);
        var page = window.Page;
        await page.GotoAsync("/api/v3/docs/");
        await page.LooksRightAsync($"70-api-{width}-{theme}", script, picture: script);
        await page.GetByRole(AriaRole.Cell).GetByRole(AriaRole.Link, new() { Name = "core", Exact = true }).ClickAsync();
        await page.GetByText("/core/groups/{group_uuid}/add_user/").ClickAsync();
        await Assertions.Expect(page.GetByText("core_groups_add_user_create")).ToBeVisibleAsync();
        await page.Locator("#core_groups_create summary").ClickAsync();
        await Assertions.Expect(page.Locator("#core_groups_create").GetByRole(AriaRole.Cell, new() { Name = "is_superuser" })).ToBeVisibleAsync();
        await page.Locator("#core_groups_create").ScrollIntoViewIfNeededAsync();
        await page.LooksRightAsync($"71-api-subject-{width}-{theme}", script, picture: script);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search operations" }).FillAsync("invitation send_email");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("One operation matches")).ToBeVisibleAsync();
        await page.LooksRightAsync($"72-api-search-{width}-{theme}", script, picture: script);
        window.Faults.ShouldBeEmpty();
    }
}
