using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Brands.Settings;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>Facts about the installation: configuration of clients, the brand at hand, version, kinds.</summary>
static class AdminApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/root/config/", async (HttpContext http, PosternSettings environment, Snapshot<SystemSettings> settings) => Json(new JsonObject
        {
            ["error_reporting"] = new JsonObject { ["enabled"] = false, ["sentry_dsn"] = "", ["environment"] = "production", ["send_pii"] = false, ["traces_sample_rate"] = 0 },
            ["capabilities"] = Capabilities(environment, await settings.GetAsync(http.RequestAborted)),
            ["cache_timeout"] = 300,
            ["cache_timeout_flows"] = 300,
            ["cache_timeout_policies"] = 300,
        }))
            .Note("Answers what clients need before they sign in.", answer: "Config{error_reporting:json capabilities:[text] cache_timeout:int cache_timeout_flows:int cache_timeout_policies:int}")
            .AllowAnonymous();
        routes.MapGet("/api/v3/core/brands/current/", CurrentAsync)
            .Note("Answers the brand of the host that is asked.", answer: "CurrentBrand{matched_domain branding_title branding_logo branding_logo_themed_urls:json? branding_favicon branding_favicon_themed_urls:json? branding_custom_css branding_map_tiles ui_footer_links:[json] ui_theme flow_authentication? flow_user_switch? flow_invalidation? flow_recovery? flow_unenrollment? flow_user_settings? flow_device_code? flow_lockdown? flow_request? default_locale flags:json}")
            .AllowAnonymous();
        SystemApi.Map(routes, ApiDocument.WireVersion);
        routes.MapGet("/api/v3/admin/version/", (HttpContext http) => Signed(http, () => Json(new JsonObject
        {
            ["version_current"] = ApiDocument.WireVersion,
            ["version_latest"] = ApiDocument.WireVersion,
            ["version_latest_valid"] = false,
            ["build_hash"] = "",
            ["outdated"] = false,
            ["outpost_outdated"] = false,
        })))
            .Note("Answers the version.", answer: "Version{version_current version_latest version_latest_valid:bool build_hash outdated:bool outpost_outdated:bool}");
        routes.MapGet("/api/v3/admin/apps/", (HttpContext http, KindRegistry kinds) => Signed(http, () => Json(Names(kinds.All.Select(k => k.App).Distinct(StringComparer.Ordinal).Select(a => (a, a))))))
            .Note("Lists the parts of the product.", answer: "[App{name label}]");
        routes.MapGet("/api/v3/admin/models/", (HttpContext http, KindRegistry kinds) => Signed(http, () => Json(Names(kinds.All.Select(k => (k.Name, k.Label))))))
            .Note("Lists the kinds of objects.", answer: "[App]");
    }

    static JsonArray Capabilities(PosternSettings environment, SystemSettings settings)
    {
        var can = new JsonArray("can_save_reports", "is_enterprise");
        if (settings.Impersonation)
            can.Add((JsonNode)"can_impersonate");
        if (environment.PlaceDatabase is not null)
            can.Add((JsonNode)"can_geo_ip");
        if (environment.NetworkDatabase is not null)
            can.Add((JsonNode)"can_asn");
        return can;
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
