using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Api;

namespace Postern.Tests.Support.Servers;

/// <summary>A door of a test's own below a path, behind sign-in.</summary>
public sealed class TestDoor(string path, Func<HttpContext, Task> handle) : IRequestStep
{
    public int Order => 250;

    public void Use(IApplicationBuilder app) => app.Use((http, next) => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal) ? handle(http) : next(http));
}
