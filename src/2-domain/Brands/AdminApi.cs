using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Brands.Settings;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>Facts about the installation: configuration of clients, the brand at hand, version, kinds.</summary>
static class AdminApi
{
    /// <summary>The version of the reference whose wire this speaks; clients compare it.</summary>
    const string WireVersion = "2026.8.3";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/root/config/", () => Json(new JsonObject
        {
            ["error_reporting"] = new JsonObject { ["enabled"] = false, ["sentry_dsn"] = "", ["environment"] = "production", ["send_pii"] = false, ["traces_sample_rate"] = 0 },
            ["capabilities"] = new JsonArray("can_impersonate"),
            ["cache_timeout"] = 300,
            ["cache_timeout_flows"] = 300,
            ["cache_timeout_policies"] = 300,
        }));
        routes.MapGet("/api/v3/core/brands/current/", CurrentAsync);
        SystemApi.Map(routes, WireVersion);
        routes.MapGet("/api/v3/admin/version/", (HttpContext http) => Signed(http, () => Json(new JsonObject
        {
            ["version_current"] = WireVersion,
            ["version_latest"] = WireVersion,
            ["version_latest_valid"] = false,
            ["build_hash"] = "",
            ["outdated"] = false,
            ["outpost_outdated"] = false,
        })));
        routes.MapGet("/api/v3/admin/apps/", (HttpContext http, KindRegistry kinds) => Signed(http, () => Json(Names(kinds.All.Select(k => k.App).Distinct(StringComparer.Ordinal).Select(a => (a, a))))));
        routes.MapGet("/api/v3/admin/models/", (HttpContext http, KindRegistry kinds) => Signed(http, () => Json(Names(kinds.All.Select(k => (k.Name, k.Label))))));
    }

    static async Task<IResult> CurrentAsync(HttpContext http, Snapshot<BrandPicture> brands, Snapshot<SystemSettings> settings, IFlowSlugs slugs)
    {
        var brand = (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host);
        var system = await settings.GetAsync(http.RequestAborted);
        var json = new JsonObject
        {
            ["matched_domain"] = brand.Domain,
            ["branding_title"] = brand.BrandingTitle,
            ["branding_logo"] = brand.BrandingLogo,
            ["branding_logo_themed_urls"] = null,
            ["branding_favicon"] = brand.BrandingFavicon,
            ["branding_favicon_themed_urls"] = null,
            ["branding_custom_css"] = brand.BrandingCustomCss,
            ["branding_map_tiles"] = brand.BrandingMapTiles,
            ["ui_footer_links"] = system.FooterLinks?.DeepClone() ?? new JsonArray(),
            ["ui_theme"] = "automatic",
            ["default_locale"] = "",
            ["flags"] = system.Flags.DeepClone(),
        };
        (string Name, Guid? Flow)[] flows =
        [
            ("flow_authentication", brand.FlowAuthentication), ("flow_invalidation", brand.FlowInvalidation), ("flow_recovery", brand.FlowRecovery),
            ("flow_unenrollment", brand.FlowUnenrollment), ("flow_user_settings", brand.FlowUserSettings), ("flow_device_code", brand.FlowDeviceCode),
            ("flow_lockdown", brand.FlowLockdown), ("flow_request", brand.FlowRequest), ("flow_user_switch", brand.FlowUserSwitch),
        ];
        foreach (var (name, flow) in flows)
        {
            if (flow is { } pk && await slugs.OfAsync(pk, http.RequestAborted) is { } slug)
                json[name] = slug;
        }
        return Json(json);
    }

    static JsonArray Names(IEnumerable<(string Name, string Label)> items) =>
        new([.. items.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => (JsonNode)new JsonObject { ["name"] = i.Name, ["label"] = i.Label })]);

    static IResult Signed(HttpContext http, Func<IResult> answer) =>
        http.Caller().Kind is CallerKind.Anonymous ? FaultResult.Of(new Fault.Unauthenticated()) : answer();

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}

/// <summary>Answers the slug of a flow; the flow slice implements it.</summary>
public interface IFlowSlugs
{
    ValueTask<string?> OfAsync(Guid flow, CancellationToken cancellation);
}
