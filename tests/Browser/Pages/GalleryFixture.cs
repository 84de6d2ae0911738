using Microsoft.AspNetCore.Builder;
using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>The gallery on a free port, for all tests of pages.</summary>
public sealed class GalleryFixture(BrowserFixture browser) : IAsyncLifetime
{
    WebApplication host = null!;
    Window? window;

    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        host = GalleryHost.Build("http://127.0.0.1:0");
        await host.StartAsync();
        Url = host.Urls.First();
    }

    /// <summary>A fresh window; everything that a page asks of other hosts or that its policy refuses is collected.</summary>
    internal Task<Window> OpenAsync(int width, int height, string theme, bool script = true) => browser.Browser.OpenAsync(Url, width, height, theme, script);

    /// <summary>The window of all tests of a class that only look.</summary>
    internal async Task<Window> WindowAsync() => window ??= await OpenAsync(1280, 900, "light");

    public async ValueTask DisposeAsync()
    {
        if (window is not null)
            await window.DisposeAsync();
        await host.DisposeAsync();
    }
}
