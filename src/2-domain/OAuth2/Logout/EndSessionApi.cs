using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Discovery;

namespace Postern.OAuth2.Logout;

/// <summary>The end-session endpoint (OpenID Connect RP-Initiated Logout section 2).</summary>
static class EndSessionApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(DiscoveryApi.SharedEndSession, (HttpContext http, EndSession end) =>
            end.ExecuteAsync(slug: null, new AuthorizeParameters(http.Request.Query), confirmed: null, http, http.RequestAborted));
        routes.MapPost(DiscoveryApi.SharedEndSession, (HttpContext http, EndSession end) => PostAsync(slug: null, http, end));
        routes.MapGet("/application/o/{slug}/end-session/", (string slug, HttpContext http, EndSession end) =>
            end.ExecuteAsync(slug, new AuthorizeParameters(http.Request.Query), confirmed: null, http, http.RequestAborted));
        routes.MapPost("/application/o/{slug}/end-session/", (string slug, HttpContext http, EndSession end) => PostAsync(slug, http, end));
    }

    static async Task<IResult> PostAsync(string? slug, HttpContext http, EndSession end)
    {
        IEnumerable<KeyValuePair<string, StringValues>> form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : http.Request.Query;
        var all = form.ToDictionary(StringComparer.Ordinal);
        all.Remove(EndSession.Confirmation, out var confirmed);
        return await end.ExecuteAsync(slug, new AuthorizeParameters(all), confirmed.ToString(), http, http.RequestAborted);
    }
}
