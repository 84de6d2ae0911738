using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.OAuth2.Clients;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Http;


/// <summary>Answers what browsers ask before they let a page of another origin call (CORS protocol, Fetch standard). Credentials of the browser never go along.</summary>
sealed class CorsStep : IRequestStep
{
    static readonly string[] Paths = ["/application/o/token/", "/application/o/userinfo/", "/application/o/revoke/", "/application/o/introspect/", "/application/o/device/", "/application/o/par/"];

    public int Order => 150;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !Paths.Contains(http.Request.Path.Value, StringComparer.Ordinal))
        {
            await next(http);
            return;
        }
        http.Response.Headers.Vary = "Origin";
        if ((await http.RequestServices.GetRequiredService<Snapshot<ClientPicture>>().GetAsync(http.RequestAborted)).IsOrigin(origin))
        {
            http.Response.Headers.AccessControlAllowOrigin = origin;
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, DPoP";
            http.Response.Headers.AccessControlExposeHeaders = "WWW-Authenticate";
        }
        if (HttpMethods.IsOptions(http.Request.Method))
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await next(http);
    });
}
