using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Brands;
using Postern.Storage.Snapshots;

namespace Postern.Web.Shared;

/// <summary>The style sheets of brands, each under an address that changes with its content.</summary>
static class BrandStyles
{
    /// <summary>Null for a brand without styles of its own.</summary>
    public static string? UrlOf(Brand brand) =>
        brand.BrandingCustomCss.Length == 0 ? null : $"/-/brand/{brand.Pk}.css?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(brand.BrandingCustomCss)))[..12]}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/-/brand/{pk:guid}.css", ServeAsync).AllowAnonymous();

    static async Task<IResult> ServeAsync(Guid pk, HttpContext http, Snapshot<BrandPicture> brands)
    {
        if ((await brands.GetAsync(http.RequestAborted)).Find(pk) is not { BrandingCustomCss.Length: > 0 } brand)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Text(brand.BrandingCustomCss, "text/css; charset=utf-8");
    }
}
