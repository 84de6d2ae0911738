namespace Postern.Pages.Menu;

/// <summary>One line of the console's menu.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Href">Where it leads; also current on every page below.</param>
/// <param name="Icon">A name of <c>Assets/icons.txt</c>.</param>
public sealed record MenuItem(string Title, string Href, string Icon)
{
    /// <summary>Set where the pages below belong to other items.</summary>
    public bool Alone { get; init; }

    /// <summary>Whether <paramref name="path"/> is this item's page or one below it.</summary>
    public bool IsCurrent(string path)
    {
        var place = path.AsSpan();
        if (place.IndexOfAny('?', '#') is >= 0 and var end)
            place = place[..end];
        if (Alone)
            return place.Equals(Href, StringComparison.Ordinal);
        return place.StartsWith(Href, StringComparison.Ordinal) && (Href.EndsWith('/') || place.Length == Href.Length || place[Href.Length] == '/');
    }
}
