using Microsoft.AspNetCore.Http;

namespace Postern.Pages;

/// <summary>The answer to a form that worked: 303 to the page that shows the outcome (RFC 9110, section 15.4.4).</summary>
/// <param name="path">An address on this host.</param>
public sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
