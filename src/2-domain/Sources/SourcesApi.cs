using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Applications.Icons;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Sources.OAuth;
using Postern.Sources.Providers;
using Postern.Storage.Snapshots;

namespace Postern.Sources;

/// <summary>Doors of sources beyond CRUD: what somebody may connect with their account, and what is known of providers.</summary>
static class SourcesApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/sources/all/user_settings/", SettingsAsync)
            .Note("Lists the sources that the caller may connect an account of.", answer: "[UserSetting{object_uid component title configure_url? icon_url?}]");
        routes.MapGet("/api/v3/sources/oauth/source_types/", TypesAsync)
            .Note("Lists the providers that are known by name.", answer: "[SourceType{name verbose_name urls_customizable:bool request_token_url? authorization_url? access_token_url? profile_url? oidc_well_known_url? oidc_jwks_url?}]", query: "name?");
    }

    static async Task<IResult> SettingsAsync(HttpContext http, Snapshot<SourcePicture> sources)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var list = new JsonArray([.. (await sources.GetAsync(http.RequestAborted)).Enabled.Where(s => s.LoginPath is not null).Select(s => (JsonNode)Setting(s))]);
        return new WireJson(writer => list.WriteTo(writer));
    }

    static JsonObject Setting(Source source)
    {
        var setting = new JsonObject { ["object_uid"] = source.Slug, ["component"] = source.SettingsComponent, ["title"] = source.Name, ["configure_url"] = source.LoginPath };
        if (Icon.UrlOf(source.Icon) is { } icon)
            setting["icon_url"] = icon;
        return setting;
    }

    static async Task<IResult> TypesAsync(HttpContext http, IAccess access)
    {
        if (await access.RefuseAsync(http.Caller(), OAuthSourceKind.Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var name = http.Request.Query["name"].ToString();
        var list = new JsonArray([.. ProviderTypes.All.Where(t => name.Length == 0 || string.Equals(t.Name, name, StringComparison.Ordinal)).Select(t => (JsonNode)t.ToJson())]);
        return new WireJson(writer => list.WriteTo(writer));
    }
}
