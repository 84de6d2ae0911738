using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Api;
using Postern.Api.Http;
using Postern.Enterprise.Licenses;
using Postern.Kernel.Access;

namespace Postern.Enterprise.ReadOnly;

/// <summary>Refuses what a read-only installation does not write, before any door. Pages are told apart by their address.</summary>
sealed class ReadOnlyGate(ReadLicenses licenses, IReadOnlyPage page) : IRequestStep
{
    public int Order => 450;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (ReadOnlyRules.Allows(http.Request.Method, http.Request.Path) || !(await licenses.GetAsync(http.RequestAborted)).IsReadOnly)
        {
            await next(http);
            return;
        }
        http.Response.Headers["X-License-Status"] = "read_only";
        await (http.Request.Path.StartsWithSegments("/if", StringComparison.OrdinalIgnoreCase) ? page.Answer(http) : Denied()).ExecuteAsync(http);
    });

    static WireJson Denied() => new(
        static writer => new JsonObject { ["detail"] = ILicenseRules.Denied, ["code"] = "denied_license" }.WriteTo(writer),
        StatusCodes.Status400BadRequest);
}

/// <summary>The page that a person sees whose form was refused.</summary>
public interface IReadOnlyPage
{
    IResult Answer(HttpContext http);
}
