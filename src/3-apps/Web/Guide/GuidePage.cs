namespace Postern.Web.Guide;

/// <summary>One page of the guide, ready to be shown.</summary>
/// <param name="Name">Its file without ending, and its place in the address.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Parts">What stands under the title, in order.</param>
/// <param name="Sections">Its headings with what stands under each; the first is the page itself.</param>
public sealed record GuidePage(string Name, string Title, IReadOnlyList<GuidePart> Parts, IReadOnlyList<GuideSection> Sections)
{
    public string Url => $"{GuidePages.Root}{Name}/";
}

/// <summary>Markup, or a piece of program text that is shown with a button to copy it.</summary>
public sealed record GuidePart(string Text, bool IsCode);

/// <summary>A heading of a page.</summary>
/// <param name="Title">Its words.</param>
/// <param name="Anchor">Its place in the page; null for the page's own title.</param>
/// <param name="Level">1 for the page's own title.</param>
/// <param name="Text">What stands under it, up to the next.</param>
public sealed record GuideSection(string Title, string? Anchor, int Level, string Text);
