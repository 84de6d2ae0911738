using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>What holds of every page of a journey.</summary>
static class PageCheck
{
    /// <summary>
    /// Nothing that the accessibility checker finds, and nothing wider than the window; with a picture, where one is wanted. <paramref name="script"/> says whether the window runs scripts: the checker
    /// is one itself.
    /// </summary>
    public static async Task LooksRightAsync(this IPage page, string name, bool script = true, bool picture = true)
    {
        if (script)
            (await page.ViolationsAsync()).ShouldBeEmpty(name);
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")).ShouldBeFalse(name);
        if (picture)
            await page.TakeAsync(name);
    }
}
