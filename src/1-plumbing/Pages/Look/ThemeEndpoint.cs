using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Postern.Pages.Look;

/// <summary>Keeps the chosen colour scheme where no script runs, then goes back to the page it came from.</summary>
static class ThemeEndpoint
{
    public const string Path = "/-/theme/";

    // Nothing but a colour changes, so the form needs no protection against forgery.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (Delegate)Choose).AllowAnonymous().DisableAntiforgery();

    static async Task<IResult> Choose(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (ThemeChoice.Parse(form["theme"]) is not { } theme)
            return Results.BadRequest("The theme is one of light, dark and auto.");
        http.Response.Cookies.Append(ThemeChoice.Cookie, ThemeChoice.Name(theme), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(400),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
        http.Response.Headers.Location = LocalPath.OrHome(form["next"]);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
