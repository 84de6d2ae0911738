using Microsoft.Playwright;

namespace Postern.Tests.Browser.Pages;

/// <summary>Flow pages with and without their script.</summary>
public sealed class FlowPageTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    [Theory]
    [InlineData("identification", "uid_field")]
    [InlineData("identification-error", "password")]
    [InlineData("password-error", "password")]
    [InlineData("prompt-enrol", "username")]
    public async Task The_field_to_fill_has_the_cursor(string challenge, string field)
    {
        await using var window = await gallery.OpenAsync(1024, 800, "light", script: false);
        await window.Page.GotoAsync($"/gallery/flow/{challenge}/");
        await Assertions.Expect(window.Page.Locator($"[name={field}]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_refused_answer_is_shown_again_without_its_secrets()
    {
        await using var window = await gallery.OpenAsync(1024, 800, "light", script: false);
        var page = window.Page;
        await page.GotoAsync("/gallery/flow/prompt-errors/");
        await Assertions.Expect(page).ToHaveTitleAsync("Error: Welcome! Complete your enrollment - Postern");
        await Assertions.Expect(page.GetByLabel("Username")).ToHaveValueAsync("jane");
        await Assertions.Expect(page.GetByLabel("Username")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByLabel("Username")).ToHaveAccessibleDescriptionAsync("Username is already taken. Passwords don't match.");
        await Assertions.Expect(page.Locator("[name=password]")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Passwords don't match.");
    }

    [Fact]
    public async Task A_password_can_be_read_only_where_the_script_runs()
    {
        await using var plain = await gallery.OpenAsync(1024, 800, "light", script: false);
        await plain.Page.GotoAsync("/gallery/flow/password/");
        await Assertions.Expect(plain.Page.GetByLabel("Show password")).ToBeHiddenAsync();

        await using var window = await gallery.OpenAsync(1024, 800, "light");
        await window.Page.GotoAsync("/gallery/flow/password/");
        await window.Page.GetByLabel("Show password").ClickAsync();
        await Assertions.Expect(window.Page.Locator("[name=password]")).ToHaveAttributeAsync("type", "text");
    }

    [Fact]
    public async Task Administrators_markup_cannot_run()
    {
        await using var window = await gallery.OpenAsync(1024, 800, "light");
        await window.Page.GotoAsync("/gallery/flow/prompt-all-fields/");
        (await window.Page.ContentAsync()).ShouldNotContain("alert(1)");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_is_small()
    {
        await using var window = await gallery.OpenAsync(1024, 800, "light");
        var sizes = new System.Collections.Concurrent.ConcurrentBag<int>();
        window.Page.RequestFinished += async (_, request) => sizes.Add((await request.SizesAsync()).ResponseBodySize);
        await window.Page.GotoAsync("/gallery/flow/identification/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        sizes.Sum().ShouldBeLessThan(60_000);
    }
}
