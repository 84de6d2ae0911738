using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Flows.Versions;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Design;

/// <summary>Shows a version of a flow with what going back to it would change, and goes back.</summary>
static class VersionPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("flows/flows/{slug}/versions/{number:int}/", (HttpContext http, string slug, int number, RevertFlow revert, ShellFactory shells) => ShowAsync(http, slug, number, revert, shells, isPlan: true));
        pages.MapPost("flows/flows/{slug}/versions/{number:int}/", (HttpContext http, string slug, int number, RevertFlow revert, ShellFactory shells) => ShowAsync(http, slug, number, revert, shells, isPlan: false));
    }

    static async Task<IResult> ShowAsync(HttpContext http, string slug, int number, RevertFlow revert, ShellFactory shells, bool isPlan)
    {
        if (!(await revert.ExecuteAsync(http.Caller(), slug, number, isPlan, http.RequestAborted)).Succeeded(out var reversion, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<VersionPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), Reversion = reversion, IsDone = !isPlan },
            !isPlan && !reversion.Report.IsSuccess ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
