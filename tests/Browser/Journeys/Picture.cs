using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Pictures of the pages of journeys for people to look at, in artifacts/screenshots/journeys; taken when SCREENSHOTS is set.</summary>
static class Picture
{
    static readonly string folder = System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots", "journeys");

    static readonly int[] widths = [1440, 768, 375];

    /// <summary>The page as it stands: wide, on a tablet and on a telephone, light and dark. SCREENSHOTS may name one width.</summary>
    public static async Task TakeAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { } wanted)
            return;
        var before = page.ViewportSize!;
        foreach (var (width, theme) in widths.Where(w => !int.TryParse(wanted, System.Globalization.CultureInfo.InvariantCulture, out var one) || w == one).SelectMany(w => new[] { (w, ColorScheme.Light), (w, ColorScheme.Dark) }))
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EvaluateAsync("window.scrollTo(0, 0)");
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(folder, $"{name}-{width}-{theme}.png"), FullPage = true });
        }
        await page.SetViewportSizeAsync(before.Width, before.Height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }
}
