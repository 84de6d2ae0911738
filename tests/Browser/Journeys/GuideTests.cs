using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody reads the guide: contents, a page, the next one, a search; every page in both colours and on a phone.</summary>
public sealed class GuideTests(BrowserFixture journey)
{
    [Theory]
    [InlineData(375, "light", true)]
    [InlineData(1440, "dark", false)]
    public async Task Pages_are_read_one_after_the_other_and_found_by_search(int width, string theme, bool script)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server, width, theme, script);
        var page = window.Page;
        await page.GotoAsync("/docs/");
        await CheckAsync(page, $"80-guide-{width}-{theme}", script);
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Install", Exact = true }).ClickAsync();
        await ArrivedAsync(page, "/docs/install/");
        var next = page.Locator("a[rel=next]");
        for (var pages = 1; ; pages++)
        {
            await CheckAsync(page, $"81-guide{new Uri(page.Url).AbsolutePath.Replace('/', '-')}{width}-{theme}", script);
            if (await next.CountAsync() == 0)
            {
                pages.ShouldBeGreaterThan(15);
                break;
            }
            var to = (await next.GetAttributeAsync("href"))!;
            await next.ClickAsync();
            await ArrivedAsync(page, to);
        }
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the guide" }).FillAsync("recycle bin");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".guide-found a").First.ClickAsync();
        await ArrivedAsync(page, "/docs/directory/#the-recycle-bin");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The recycle bin" })).ToBeInViewportAsync();
        window.Faults.ShouldBeEmpty();
    }

    static Task ArrivedAsync(IPage page, string path) => Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(path) + "$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    static async Task CheckAsync(IPage page, string name, bool script)
    {
        // The checker looks once the page that was asked for stands.
        if (script)
            await page.WaitForFunctionAsync("() => !document.documentElement.hasAttribute('aria-busy')");
        await page.LooksRightAsync(name, script, picture: script);
    }
}
