using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.RecycleBin;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Pages;
using Postern.Pages.Tables;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.RecycleBin;

/// <summary>Pages of the recycle bin.</summary>
static class BinPages
{
    const string Bin = "/if/admin/directory/bin/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("directory/bin/", ListAsync);
        pages.MapPost("directory/bin/{pk:int}/restore/", async (HttpContext http, int pk, BinUsers bin, ShellFactory shells) =>
            await DoneAsync(http, await bin.RestoreAsync(http.Caller(), pk, http.RequestAborted), "Restored.", shells));
        pages.MapGet("directory/bin/{pk:int}/purge/", AskPurgeAsync);
        pages.MapPost("directory/bin/{pk:int}/purge/", async (HttpContext http, int pk, BinUsers bin, ShellFactory shells) =>
            await DoneAsync(http, await bin.PurgeAsync(http.Caller(), pk, http.RequestAborted), "Deleted for good.", shells));
    }

    static async Task<IResult> ListAsync(HttpContext http, BinUsers bin, IRecycleBinSettings settings, ShellFactory shells)
    {
        var state = ListState.Read(http.Request);
        var found = await bin.ListAsync(http.Caller(), new ListRequest { Page = state.Page, PageSize = state.PageSize, Search = state.Search }, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var days = (int)(await settings.RetentionAsync(http.RequestAborted)).TotalDays;
        return new PageResult<BinPage>(new { Page = await shells.ForAsync(http, withMenu: true), Data = found.Value, State = state, Description = $"Deleted users are kept for {days} days; System > Settings says how long." });
    }

    static async Task<IResult> AskPurgeAsync(HttpContext http, int pk, ShellFactory shells) =>
        new PageResult<PurgePage>(new { Page = await shells.ForAsync(http, withMenu: true), Action = $"{Bin}{pk}/purge/" });

    static async Task<IResult> DoneAsync(HttpContext http, Result<Unit> outcome, string done, ShellFactory shells)
    {
        await shells.TellAsync(http, outcome.Fault is null ? "success" : "error", outcome.Fault?.Message ?? done);
        return ConsolePages.See(http, Bin);
    }
}
