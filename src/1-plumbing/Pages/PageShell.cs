using Postern.Pages.Look;
using Postern.Pages.Menu;

namespace Postern.Pages;

/// <summary>What every page of one request shares: brand, colours, language, person, menu, messages.</summary>
/// <param name="Brand">The brand of the request's host.</param>
public sealed record PageShell(BrandLook Brand)
{
    public Theme Theme { get; init; }

    /// <summary>The language tag of the page's text.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The request's path with its query: the menu marks it, forms come back to it.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The page whose menu entry is marked, for pages that lie below another; else <see cref="Path"/> decides.</summary>
    public string? Belongs { get; init; }

    /// <summary>Whether a menu entry is the one of this page.</summary>
    public bool IsAt(MenuItem item) => item.IsCurrent(Belongs ?? Path);

    /// <summary>Who is signed in; null on public pages.</summary>
    public SignedInPerson? Person { get; init; }

    public IReadOnlyList<MenuGroup> Menu { get; init; } = [];

    /// <summary>Shown once; the caller forgets them after rendering.</summary>
    public IReadOnlyList<PageMessage> Messages { get; init; } = [];

    /// <summary>Shown on every page until their cause is gone.</summary>
    public IReadOnlyList<PageBanner> Banners { get; init; } = [];

    /// <summary>Says why a form to an address would be refused now; null where none would.</summary>
    public Func<string, string?>? Shut { get; init; }

    /// <summary>Proves that a form came from our own page; null where requests are protected another way.</summary>
    public FormToken? FormToken { get; init; }

    /// <summary>Where the guide explains this page; null where it does not.</summary>
    public string? HelpHref { get; init; }

    /// <summary>Unread notifications beside the bell.</summary>
    public int Notifications { get; init; }
}
