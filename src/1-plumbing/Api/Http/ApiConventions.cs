using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Postern.Api.Http;

/// <summary>What the wire promises on every path below <c>/api/</c>: trailing slashes, JSON errors, request ids.</summary>
public static class ApiConventions
{
    public static IApplicationBuilder UseApiConventions(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Value is { } path && !path.EndsWith('/'))
        {
            http.Response.Redirect($"{http.Request.PathBase}{path}/{http.Request.QueryString}", permanent: true);
            return;
        }
        await next(http);
        if (!http.Response.HasStarted && http.Response.ContentLength is null && http.Response.ContentType is null)
            await AnswerEmptyAsync(http);
    });

    static Task AnswerEmptyAsync(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => FaultResult.Detail($"Not found: this server has nothing at {http.Request.Path}.", StatusCodes.Status404NotFound).ExecuteAsync(http),
        StatusCodes.Status405MethodNotAllowed =>
            FaultResult.Detail($"Method \"{http.Request.Method}\" not allowed.", StatusCodes.Status405MethodNotAllowed).ExecuteAsync(http),
        StatusCodes.Status415UnsupportedMediaType =>
            FaultResult.Detail($"Unsupported media type \"{http.Request.ContentType}\" in request.", StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(http),
        _ => Task.CompletedTask,
    };
}
