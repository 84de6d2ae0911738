using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Providers;

/// <summary>Doors of providers beyond CRUD: the addresses an application is set up with, and what it would learn of somebody.</summary>
static class ProviderApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/api/v3/providers/oauth2/{id}/");
        providers.MapGet("setup_urls/", SetupUrlsAsync)
            .Note("Answers the addresses that a client is set up with.", answer: "OAuth2ProviderSetupURLs{issuer authorize token user_info provider_info? logout? jwks? dcr_registration?}");
        providers.MapGet("preview_user/", PreviewAsync)
            .Note("Shows the claims of a user.", answer: "PropertyMappingPreview{preview:json}", query: "for_user:int?");
    }

    static async Task<IResult> SetupUrlsAsync(string id, HttpContext http, ObjectQuery objects, Snapshot<ClientPicture> clients, Issuer issuer)
    {
        if (!(await objects.FindAsync(OAuth2ProviderKind.Kind, http.Caller(), id, tracked: false, http.RequestAborted)).Succeeded(out var found, out var fault))
            return FaultResult.Of(fault);
        var root = await issuer.BaseAsync(http, http.RequestAborted);
        var client = (await clients.GetAsync(http.RequestAborted)).OfProvider(((OAuth2Provider)found).Id);
        var own = client?.Application is { } application ? $"{root}/application/o/{application.Slug}/" : null;
        return Json(new JsonObject
        {
            ["issuer"] = own is null ? null : Issuer.Of(client!, root),
            ["authorize"] = $"{root}/application/o/authorize/",
            ["token"] = $"{root}/application/o/token/",
            ["user_info"] = $"{root}/application/o/userinfo/",
            ["provider_info"] = own is null ? null : $"{own}.well-known/openid-configuration",
            ["logout"] = own is null ? null : $"{own}end-session/",
            ["jwks"] = own is null ? null : $"{own}jwks/",
            ["dcr_registration"] = client?.Registration is null ? null : $"{own}register/",
        });
    }

    static async Task<IResult> PreviewAsync(string id, string? for_user, HttpContext http, PreviewClaims preview) =>
        (await preview.ExecuteAsync(http, id, for_user, http.RequestAborted)).Succeeded(out var claims, out var fault) ? Json(new JsonObject { ["preview"] = claims }) : FaultResult.Of(fault);

    static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");
}
