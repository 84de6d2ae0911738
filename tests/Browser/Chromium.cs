using Microsoft.Playwright;

namespace Postern.Tests.Browser;

/// <summary>Debian's Chromium without windows, under Playwright, with nothing that reaches out by itself.</summary>
static class Chromium
{
    static readonly string[] arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static string Path => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Args = arguments });

    /// <summary>A fresh window on a server; everything that a page asks of other hosts or that its policy refuses is collected.</summary>
    public static async Task<Window> OpenAsync(this IBrowser browser, string url, int width = 1440, int height = 900, string theme = "light", bool script = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme is "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(15_000);
        return new Window(context, await context.NewPageAsync(), url);
    }
}
