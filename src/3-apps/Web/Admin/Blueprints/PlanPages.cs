using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Instances;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Blueprints;

/// <summary>Shows how far the installation is from what a blueprint instance says, and applies it.</summary>
static class PlanPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("customization/blueprints/{lookup}/plan/", (HttpContext http, string lookup, PlanInstance plan, ShellFactory shells) => ShowAsync(http, lookup, plan, shells, apply: null));
        pages.MapPost("customization/blueprints/{lookup}/plan/", (HttpContext http, string lookup, PlanInstance plan, ApplyInstance apply, ShellFactory shells) => ShowAsync(http, lookup, plan, shells, apply));
    }

    // Whoever may see the plan may apply it.
    static async Task<IResult> ShowAsync(HttpContext http, string lookup, PlanInstance plan, ShellFactory shells, ApplyInstance? apply)
    {
        if (!(await plan.ExecuteAsync(http.Caller(), lookup, http.RequestAborted)).Succeeded(out var planned, out var fault))
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var applied = apply is null ? null : await apply.ExecuteAsync(planned.Instance.Pk, onlyIfChanged: false, http.RequestAborted);
        return new PageResult<PlanPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), Plan = planned, Applied = applied },
            applied is { IsSuccess: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
