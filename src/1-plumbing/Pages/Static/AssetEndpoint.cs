using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Postern.Pages.Static;

/// <summary>Serves the built files below <c>/static/dist/</c>: names carry a hash, so browsers keep them for good.</summary>
static class AssetEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods($"{Asset.Root}{{name}}", [HttpMethods.Get, HttpMethods.Head], ServeAsync).AllowAnonymous();

    static async Task ServeAsync(string name, HttpContext http)
    {
        if (!AssetCatalog.Holds(name))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var coding = Coding.Choose(http.Request.GetTypedHeaders().AcceptEncoding);
        var response = http.Response;
        response.ContentType = ContentType(name);
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        if (coding is Coding.Identity)
        {
            await SendPlainAsync(name, http);
            return;
        }
        await using var body = AssetCatalog.Open(name, coding is Coding.Brotli ? "br" : "gz");
        response.Headers.ContentEncoding = coding;
        response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await body.CopyToAsync(response.Body, http.RequestAborted);
    }

    static async Task SendPlainAsync(string name, HttpContext http)
    {
        await using var body = new GZipStream(AssetCatalog.Open(name, "gz"), CompressionMode.Decompress);
        if (HttpMethods.IsGet(http.Request.Method))
            await body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webp" => "image/webp",
        _ => "application/octet-stream",
    };
}
