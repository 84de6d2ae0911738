using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Events.Tasks;
using Postern.Jobs.Looking;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Pages;
using Postern.Pages.Tables;
using Postern.Web.Shared;

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
        pages.MapPost("system/jobs/schedules/{id:guid}/send/", async (HttpContext http, Guid id, ChangeSchedule change, ShellFactory shells) =>
            await DoneAsync(http, (await change.SendAsync(http.Caller(), id, http.RequestAborted)).Fault, "The schedule runs now.", shells));
        pages.MapPost("system/jobs/schedules/{id:guid}/pause/", async (HttpContext http, Guid id, ChangeSchedule change, ShellFactory shells) =>
            await DoneAsync(http, (await change.PauseAsync(http.Caller(), id, paused: true, http.RequestAborted)).Fault, "The schedule is paused.", shells));
        pages.MapPost("system/jobs/schedules/{id:guid}/resume/", async (HttpContext http, Guid id, ChangeSchedule change, ShellFactory shells) =>
            await DoneAsync(http, (await change.PauseAsync(http.Caller(), id, paused: false, http.RequestAborted)).Fault, "The schedule goes on.", shells));
    }

    static async Task<IResult> ShowAsync(HttpContext http, ListJobs jobs, CountJobs count, ListSchedules schedules, ListWorkers workers, ShellFactory shells)
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
            Schedules = (await schedules.ExecuteAsync(http.Caller(), http.RequestAborted)) is { Fault: null } repeating ? repeating.Value : [],
            Workers = (await workers.ExecuteAsync(http.Caller(), http.RequestAborted)).Value,
            Counts = await count.ExecuteAsync(http.RequestAborted),
            Standing = standing,
            Number = page,
            Pages = Math.Max(1, (found.Value.Count + PageSize - 1) / PageSize),
        });
    }

    static async Task<IResult> RetryAsync(HttpContext http, Guid id, RetryJob retry, ShellFactory shells) =>
        await DoneAsync(http, (await retry.ExecuteAsync(http.Caller(), id, http.RequestAborted)).Fault, "The job runs again.", shells);

    static async Task<IResult> DoneAsync(HttpContext http, Fault? fault, string told, ShellFactory shells)
    {
        if (fault is not null)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", told);
        return ConsolePages.See(http, Path);
    }
}
