using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

[assembly: AssemblyFixture(typeof(Postern.Tests.Browser.BrowserFixture))]

namespace Postern.Tests.Browser;

/// <summary>The browser of all tests. Each test opens windows of its own, which know nothing of the others.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    internal Task<Window> OpenAsync(TestServer server, int width = 1440, string theme = "light", bool script = true) =>
        Browser.OpenAsync(server.Address.ToString().TrimEnd('/'), width, width > 700 ? 900 : 780, theme, script);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}
