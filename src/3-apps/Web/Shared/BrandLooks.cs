using System.Text.Json.Nodes;
using Postern.Brands;
using Postern.Brands.Settings;
using Postern.Pages;
using Postern.Pages.Look;

namespace Postern.Web.Shared;

/// <summary>How pages look in a brand.</summary>
static class BrandLooks
{
    public static BrandLook Of(Brand brand, SystemSettings settings)
    {
        var look = new BrandLook(brand.BrandingTitle)
        {
            LogoUrl = Own(brand.BrandingLogo, Brand.StandardLogo),
            CustomCssUrl = BrandStyles.UrlOf(brand),
            BackgroundUrl = Own(brand.BrandingDefaultFlowBackground, Brand.StandardBackground),
            FooterLinks = [.. (settings.FooterLinks as JsonArray ?? []).OfType<JsonObject>().Select(l => new PageLink(l["name"]?.ToString() ?? "", l["href"]?.ToString()))],
        };
        return Own(brand.BrandingFavicon, Brand.StandardFavicon) is { } favicon ? look with { FaviconUrl = favicon } : look;
    }

    /// <summary>Null for the standard picture, in whose place the pages have their own.</summary>
    static string? Own(string url, string standard) => url.Length == 0 || string.Equals(url, standard, StringComparison.Ordinal) ? null : url;
}
