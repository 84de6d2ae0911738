using Postern.Api;

namespace Postern.Portal.Looks;

/// <summary>Where there is nothing, people read a page that says so.</summary>
sealed class MissingPage : IRequestStep
{
    public int Order => 250;

    public void Use(IApplicationBuilder app) => app.Use(static async (http, next) =>
    {
        await next(http);
        if (IFailurePage.IsMissing(http))
            await Problem.Page(http, "There is no such page.", StatusCodes.Status404NotFound).ExecuteAsync(http);
    });
}
