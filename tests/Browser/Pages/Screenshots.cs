using Microsoft.Playwright;
using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>Pictures of every page for people to look at, in artifacts/screenshots; taken when SCREENSHOTS is set, to a part of the paths wanted or to "".</summary>
public sealed class Screenshots(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    static readonly string folder = System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots");

    [Theory]
    [InlineData(1440, "light")]
    [InlineData(1440, "dark")]
    [InlineData(768, "light")]
    [InlineData(768, "dark")]
    [InlineData(375, "light")]
    [InlineData(375, "dark")]
    public async Task Pages_are_pictured(int width, string theme)
    {
        var wanted = Environment.GetEnvironmentVariable("SCREENSHOTS");
        Assert.SkipWhen(wanted is null, "SCREENSHOTS is not set.");
        await using var window = await gallery.OpenAsync(width, width > 700 ? 900 : 780, theme);
        foreach (var path in GalleryHost.Pages.Where(p => p.Contains(wanted!, StringComparison.Ordinal)))
        {
            await window.Page.GotoAsync(path);
            await window.Page.WaitForFunctionAsync("() => !document.querySelector('code-editor:not([data-ready])')");
            await window.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            var name = string.Join('-', path.Replace("/gallery", "", StringComparison.Ordinal).Split('/', '?', '=', '&').Where(p => p.Length > 0));
            await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(folder, $"{name}-{width}-{theme}.png"), FullPage = true });
        }
        window.Faults.ShouldBeEmpty();
    }
}
