using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>What the server knows of itself and of the request that asks, to find mistakes of proxies.</summary>
static class SystemApi
{
    static readonly Permission View = Permission.Parse("authentik_rbac.view_system_info");

    // Whoever reads this answer needs no keys to somebody's session.
    static readonly string[] hidden = ["Authorization", "Cookie", "Proxy-Authorization", "X-authentik-CSRF"];

    public static void Map(IEndpointRouteBuilder routes, string version) =>
        routes.MapGet("/api/v3/admin/system/", (HttpContext http, IAccess access, Snapshot<BrandPicture> brands, Links links, TimeProvider clock) => ShowAsync(http, access, brands, links, clock, version))
            .Note("Answers what the server knows of itself and of this request.", answer: "SystemInfo{http_headers:json http_host http_is_secure:bool runtime:json brand server_time:time embedded_outpost_disabled:bool embedded_outpost_host base_url}");

    static async Task<IResult> ShowAsync(HttpContext http, IAccess access, Snapshot<BrandPicture> brands, Links links, TimeProvider clock, string version)
    {
        if (await access.RefuseAsync(http.Caller(), View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var headers = http.Request.Headers.Where(h => !hidden.Contains(h.Key, StringComparer.OrdinalIgnoreCase)).Select(h => KeyValuePair.Create<string, JsonNode?>(h.Key, h.Value.ToString()));
        var json = new JsonObject
        {
            ["http_headers"] = new JsonObject(headers),
            ["http_host"] = http.Request.Host.Value,
            ["http_is_secure"] = http.Request.IsHttps,
            ["runtime"] = new JsonObject
            {
                ["python_version"] = "",
                ["environment"] = RuntimeInformation.FrameworkDescription,
                ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
                ["platform"] = RuntimeInformation.RuntimeIdentifier,
                ["uname"] = RuntimeInformation.OSDescription,
                ["openssl_version"] = "",
                ["openssl_fips_enabled"] = null,
                ["authentik_version"] = version,
            },
            ["brand"] = BrandKind.Kind.NameOf((await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host)),
            ["server_time"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["embedded_outpost_disabled"] = true,
            ["embedded_outpost_host"] = "",
            ["base_url"] = await links.BaseAsync(http.Request, http.RequestAborted) ?? "",
        };
        return new WireJson(writer => json.WriteTo(writer));
    }
}
