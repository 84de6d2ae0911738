using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Api;
using Postern.Pages;
using Postern.Web.Admin;

namespace Postern.Web.Shared;

/// <summary>Where there is nothing, people read a page that says so; programs need none.</summary>
sealed class MissingPage : IRequestStep
{
    public int Order => 500;

    public void Use(IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        await next(http);
        if (IFailurePage.IsMissing(http))
            await (await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound)).ExecuteAsync(http);
    });
}
