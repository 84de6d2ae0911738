using System.Text.Json;
using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>WCAG 2.2 A and AA by axe-core on every component and challenge; the content policy and other hosts beside it.</summary>
public sealed class AccessibilityTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    const string Run =
        """
        async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] }))
          .violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`)
        """;

    [Theory]
    [ClassData(typeof(GalleryPages))]
    public async Task Page_has_no_violation(string path, string theme)
    {
        await using var window = await gallery.OpenAsync(1280, 900, theme);
        await window.Page.GotoAsync(path);
        window.Faults.ShouldBeEmpty();
        await window.Page.EvaluateAsync(await File.ReadAllTextAsync(AxePath, TestContext.Current.CancellationToken));
        var found = await window.Page.EvaluateAsync<JsonElement>(Run);
        found.EnumerateArray().Select(v => v.GetString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_fit_320_pixels_without_script()
    {
        await using var window = await gallery.OpenAsync(320, 640, "light", script: false);
        var tooWide = new List<string>();
        foreach (var path in GalleryHost.Pages)
        {
            await window.Page.GotoAsync(path);
            if (await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0)
                tooWide.Add(path);
        }
        tooWide.ShouldBeEmpty();
    }

    static string AxePath => System.IO.Path.Combine(AppContext.BaseDirectory, "axe.min.js");
}
