using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>WCAG 2.2 A and AA by axe-core on every component and challenge in both themes; the content policy and other hosts beside it.</summary>
public sealed class AccessibilityTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    public static TheoryData<string> Pages => [.. GalleryHost.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_has_no_violation(string path)
    {
        var window = await gallery.WindowAsync();
        await window.Page.GotoAsync(path);
        window.Faults.ShouldBeEmpty();
        (await window.Page.ViolationsAsync()).ShouldBeEmpty();
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
}
