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
    internal Task<Window> OpenAsync(int width, int height, string theme, bool script = true) => Browser.OpenAsync(Url, width, height, theme, script);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await host.DisposeAsync();
    }
}
