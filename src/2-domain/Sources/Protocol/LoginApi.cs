using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Flows.Running;

namespace Postern.Sources.Protocol;

/// <summary>The ways to an OAuth source and back.</summary>
static class LoginApi
{
    static readonly string[] Travels = ["next", "itoken"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/source/oauth/login/{slug}/", (HttpContext http, string slug, SignInWithSource signIn) => signIn.BeginAsync(http, slug, Query(http), http.Request.Query["flow"].ToString(), http.RequestAborted));
        routes.MapGet("/source/oauth/callback/{slug}/", (HttpContext http, string slug, SignInWithSource signIn) => signIn.FinishAsync(http, slug, http.RequestAborted));
        routes.MapPost("/source/oauth/link/{slug}/", async (HttpContext http, string slug, SignInWithSource signIn) =>
            await signIn.LinkAsync(http, slug, http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["token"].ToString() : "", http.RequestAborted));
    }

    /// <summary>What of the page's query travels along.</summary>
    static PageQuery Query(HttpContext http)
    {
        var given = Travels.Where(n => http.Request.Query[n].ToString() is { Length: > 0 and <= 8192 }).Select(n => KeyValuePair.Create(n, (string?)http.Request.Query[n].ToString()));
        return PageQuery.Parse(QueryString.Create(given).Value);
    }
}
