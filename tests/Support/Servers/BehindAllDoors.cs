using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Api;

namespace Postern.Tests.Support.Servers;

/// <summary>Stands where the doors lead to, so that only the gate before them is judged.</summary>
public sealed class BehindAllDoors : IRequestStep
{
    public bool Shut { get; set; }

    public int Order => 1000;

    public void Use(IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!Shut)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });
}
