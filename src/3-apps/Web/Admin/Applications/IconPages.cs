using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Applications.Icons;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Applications;

/// <summary>Where an administrator gives an application its picture.</summary>
static class IconPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("applications/applications/{slug}/icon/", (HttpContext http, string slug, ObjectQuery objects, ShellFactory shells) => ShowAsync(http, slug, objects, shells, problem: null));
        pages.MapPost("applications/applications/{slug}/icon/", SetAsync);
    }

    static async Task<IResult> SetAsync(HttpContext http, string slug, SetIcon set, ObjectQuery objects, ShellFactory shells)
    {
        var (content, isGiven) = await IconApi.ReadAsync(http.Request, "clear", http.RequestAborted);
        if (!isGiven)
            return await ShowAsync(http, slug, objects, shells, "Choose a file.");
        var saved = await set.ExecuteAsync(http.Caller(), slug, content, http.RequestAborted);
        if (saved.Fault is Fault.Invalid invalid)
            return await ShowAsync(http, slug, objects, shells, invalid.Errors["file"] is [var first, ..] ? first : invalid.Message);
        if (saved.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", content is null ? "The picture was taken away." : "The picture was saved.");
        return ConsolePages.See(http, $"/if/admin/applications/applications/{slug}/");
    }

    static async Task<IResult> ShowAsync(HttpContext http, string slug, ObjectQuery objects, ShellFactory shells, string? problem)
    {
        var found = await objects.FindAsync(ApplicationKind.Kind, http.Caller(), slug, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var application, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var own = (Postern.Applications.Application)application;
        // Symbols by name are no addresses.
        var picture = own.MetaIcon.StartsWith("fa://", StringComparison.Ordinal) ? null : Icon.UrlOf(own.MetaIcon);
        return new PageResult<IconPage>(new { Page = await shells.ForAsync(http, withMenu: true), Application = own, Picture = picture, Problem = problem });
    }
}
