using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>The gallery on a free port and one browser, for all tests of pages.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    WebApplication host = null!;
    IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        host = GalleryHost.Build("http://127.0.0.1:0");
        await host.StartAsync();
        Url = host.Urls.First();
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>A fresh window; everything that a page asks of other hosts or that its policy refuses is collected.</summary>
    internal async Task<Window> OpenAsync(int width, int height, string theme, bool script = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Url,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme is "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });
        return new Window(context, await context.NewPageAsync(), Url);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await host.DisposeAsync();
    }
}
