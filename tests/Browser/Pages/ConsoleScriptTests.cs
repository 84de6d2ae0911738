using Microsoft.Playwright;

namespace Postern.Tests.Browser.Pages;

/// <summary>What the console's script adds to pages that work without it.</summary>
public sealed class ConsoleScriptTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    static readonly string folder = System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots");

    [Theory]
    [InlineData(1440)]
    [InlineData(375)]
    public async Task A_form_opens_in_a_dialog_and_its_redirect_becomes_the_page(int width)
    {
        await using var window = await gallery.OpenAsync(width, 820, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/invitations/");
        await page.GetByRole(AriaRole.Link, new() { Name = "New invitation" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New invitation" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByLabel("Name")).ToBeFocusedAsync();
        await Assertions.Expect(dialog.Locator("code-editor[data-ready]")).ToBeAttachedAsync();
        await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, $"open-dialog-{width}.png") });

        await dialog.GetByLabel("Name").FillAsync("jane");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync($"{gallery.Url}/gallery/console/messages/");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("Successfully created 1 invitation.")).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_and_Escape_close_a_dialog_but_Escape_keeps_typed_text()
    {
        await using var window = await gallery.OpenAsync(1280, 820, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/users/");
        await page.GetByRole(AriaRole.Link, new() { Name = "New user" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByLabel("Name")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "New user" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("typed");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        page.Url.ShouldBe($"{gallery.Url}/gallery/console/users/");
    }

    [Fact]
    public async Task The_chosen_theme_shows_at_once_and_is_rendered_by_the_server()
    {
        await using var window = await gallery.OpenAsync(1280, 820, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/users/");
        await page.GetByLabel("Account of Ada Admin").ClickAsync();
        await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "open-user-menu.png") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        var again = await page.APIRequest.GetAsync($"{gallery.Url}/gallery/flow/password/", new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = "postern_theme=dark" } });
        (await again.TextAsync()).ShouldContain("data-bs-theme=\"dark\"");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
    }

    [Fact]
    public async Task Rows_are_counted_and_actions_wait_for_a_choice()
    {
        await using var window = await gallery.OpenAsync(1280, 820, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/users/");
        var delete = page.GetByRole(AriaRole.Button, new() { Name = "Delete" });
        await Assertions.Expect(delete).ToBeDisabledAsync();
        await page.GetByLabel("Select jane").CheckAsync();
        await page.GetByLabel("Select omar").CheckAsync();
        await Assertions.Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "open-selection.png") });
        await delete.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Delete 2 users?" })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "open-confirm.png") });
    }

    [Fact]
    public async Task A_row_opens_its_details_by_keyboard()
    {
        await using var window = await gallery.OpenAsync(1280, 820, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/invitations/");
        var expander = page.GetByRole(AriaRole.Button, new() { Name = "Details of engineering-team" });
        var link = page.Locator("#copy-Link-to-use-the-invitation-engineering-team, #f-copy-Link-to-use-the-invitation-engineering-team");
        await Assertions.Expect(link).ToBeHiddenAsync();
        await expander.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(link).ToBeVisibleAsync();
        await Assertions.Expect(expander).ToHaveAttributeAsync("aria-expanded", "true");
    }

    [Fact]
    public async Task Fields_post_what_people_see()
    {
        await using var window = await gallery.OpenAsync(1280, 900, "light");
        var page = window.Page;
        await page.GotoAsync("/gallery/console/forms/");
        var editor = page.Locator("code-editor[data-language=yaml][data-ready] .cm-content");
        await editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        // Typed over a coloured selection, Chromium itself would try an inline style.
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.TypeAsync("team: Backend");
        await page.GetByLabel("engineering-team").CheckAsync();
        await page.GetByLabel("Expires").FillAsync("2026-12-24T18:00");
        var posted = await page.EvaluateAsync<string>("() => new URLSearchParams(new FormData(document.querySelector('main form'))).toString()");
        posted.ShouldContain("attributes=team%3A+Backend");
        posted.ShouldContain("groups=eng");
        posted.ShouldContain("expires=2026-12-24T17%3A00%3A00.000Z");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_menu_of_a_phone_opens_and_leads_on()
    {
        await using var window = await gallery.OpenAsync(375, 780, "dark", script: false);
        var page = window.Page;
        await page.GotoAsync("/gallery/console/users/");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "open-phone-menu.png") });
        await page.GetByRole(AriaRole.Link, new() { Name = "Invitations" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Invitations - Postern");
    }
}
