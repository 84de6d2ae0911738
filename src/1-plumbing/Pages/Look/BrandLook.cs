using Postern.Pages.Static;

namespace Postern.Pages.Look;

/// <summary>How a brand shows itself on every page.</summary>
/// <param name="Title">The name shown in titles and beside the mark.</param>
public sealed record BrandLook(string Title)
{
    /// <summary>The brand's logo; null shows the product's mark with the title.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>The logo on dark ground, where the brand has one.</summary>
    public string? DarkLogoUrl { get; init; }

    public string FaviconUrl { get; init; } = Asset.Url("mark.svg");

    /// <summary>A style sheet of the brand, served from this host under its own address.</summary>
    public string? CustomCssUrl { get; init; }

    /// <summary>Links below sign-in pages.</summary>
    public IReadOnlyList<PageLink> FooterLinks { get; init; } = [];

    /// <summary>The picture behind sign-in pages that name none of their own.</summary>
    public string? BackgroundUrl { get; init; }
}
