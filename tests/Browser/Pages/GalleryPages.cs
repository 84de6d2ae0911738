using Postern.Tests.Gallery;

namespace Postern.Tests.Browser.Pages;

/// <summary>Every page of the gallery in both colour schemes.</summary>
public sealed class GalleryPages : TheoryData<string, string>
{
    public GalleryPages()
    {
        foreach (var page in GalleryHost.Pages)
        {
            Add(page, "light");
            Add(page, "dark");
        }
    }
}
