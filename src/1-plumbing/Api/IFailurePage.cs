using Microsoft.AspNetCore.Http;

namespace Postern.Api;

/// <summary>What people read in place of a page that failed. It asks nothing of the database, which may be what failed.</summary>
public interface IFailurePage
{
    IResult Of(HttpContext http, string text, int status);

    /// <summary>Whether a person asked for a page where nothing answered.</summary>
    static bool IsMissing(HttpContext http) =>
        http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } && HttpMethods.IsGet(http.Request.Method) && IsFor(http.Request);

    /// <summary>Whether a person reads the answer; programs get JSON.</summary>
    static bool IsFor(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
