using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Jobs.Looking;
using Postern.Kernel.Values;
using Postern.Web.Shared;
using Postern.Web.Shared.Tables;

namespace Postern.Web.Admin.Jobs;

/// <summary>The page of background jobs: where they stand, why they failed, and the button that tries again.</summary>
static class JobPages
{
    public const string Path = "/if/admin/system/jobs/";

    const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("system/jobs/", ShowAsync);
        pages.MapPost("system/jobs/{id:guid}/retry/", RetryAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, ListJobs jobs, CountJobs count, ShellFactory shells)
    {
        var page = ListState.Read(http.Request).Page;
        var state = http.Request.Query["state"].ToString();
        JobStanding? standing = WireEnum<JobStanding>.TryParse(state, out var chosen) ? chosen : null;
        var found = await jobs.ExecuteAsync(http.Caller(), standing, kind: null, (int)Math.Min(int.MaxValue - PageSize, (page - 1L) * PageSize), PageSize, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<JobsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Jobs = found.Value.Jobs,
            Counts = await count.ExecuteAsync(http.RequestAborted),
            Standing = standing,
            Number = page,
            Pages = Math.Max(1, (found.Value.Count + PageSize - 1) / PageSize),
        });
    }

    static async Task<IResult> RetryAsync(HttpContext http, Guid id, RetryJob retry, ShellFactory shells)
    {
        if ((await retry.ExecuteAsync(http.Caller(), id, http.RequestAborted)).Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", "The job runs again.");
        return ConsolePages.See(http, Path);
    }
}
