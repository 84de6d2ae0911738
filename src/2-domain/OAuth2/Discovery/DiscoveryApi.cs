using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Discovery;

/// <summary>What clients learn of an issuer by themselves (OpenID Connect Discovery, RFC 8414) and the keys to verify its tokens with.</summary>
static class DiscoveryApi
{
    /// <summary>Keys of the issuer that clients with <c>issuer_mode</c> global share; no application's slug can be in the way.</summary>
    public const string SharedKeys = "/.well-known/jwks.json";
    public const string SharedEndSession = "/application/o/end-session/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", DescribeSharedAsync);
        routes.MapGet("/.well-known/oauth-authorization-server", DescribeSharedAsync);
        routes.MapGet(SharedKeys, SharedKeysAsync);
        routes.MapGet("/application/o/{slug}/", (string slug) => Results.Redirect($"/application/o/{Uri.EscapeDataString(slug)}/.well-known/openid-configuration"));
        routes.MapGet("/application/o/{slug}/.well-known/openid-configuration", DescribeAsync);
        routes.MapGet("/.well-known/oauth-authorization-server/application/o/{slug}/", DescribeAsync);
        routes.MapGet("/application/o/{slug}/jwks/", KeysAsync);
    }

    static async Task<IResult> DescribeAsync(string slug, HttpContext http, Snapshot<ClientPicture> clients, Issuer issuer, DiscoveryPages pages)
    {
        var picture = await clients.GetAsync(http.RequestAborted);
        if (picture.OfApplication(slug) is not { } client)
            return Results.NotFound();
        return Json(http, await pages.DocumentAsync(picture, client, await issuer.BaseAsync(http, http.RequestAborted), http.RequestAborted));
    }

    static async Task<IResult> KeysAsync(string slug, HttpContext http, Snapshot<ClientPicture> clients, DiscoveryPages pages)
    {
        var picture = await clients.GetAsync(http.RequestAborted);
        return picture.OfApplication(slug) is { } client ? Json(http, pages.Keys(picture, client)) : Results.NotFound();
    }

    static async Task<IResult> DescribeSharedAsync(HttpContext http, Snapshot<ClientPicture> clients, Issuer issuer, DiscoveryPages pages)
    {
        var picture = await clients.GetAsync(http.RequestAborted);
        return picture.Shared.Count == 0
            ? Results.NotFound()
            : Json(http, await pages.SharedDocumentAsync(picture, await issuer.BaseAsync(http, http.RequestAborted), http.RequestAborted));
    }

    static async Task<IResult> SharedKeysAsync(HttpContext http, Snapshot<ClientPicture> clients, DiscoveryPages pages)
    {
        var picture = await clients.GetAsync(http.RequestAborted);
        return picture.Shared.Count == 0 ? Results.NotFound() : Json(http, pages.SharedKeys(picture));
    }

    static IResult Json(HttpContext http, byte[] body)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(body, "application/json");
    }
}
