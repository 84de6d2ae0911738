using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Views;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Tables;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Views;

/// <summary>Keeps what a list shows under a name, and lets it go.</summary>
static class ViewPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("{group}/{noun}/views/new/", AskAsync);
        pages.MapPost("{group}/{noun}/views/new/", SaveAsync);
        pages.MapPost("{group}/{noun}/views/{pk}/delete/", DeleteAsync);
    }

    static Task<IResult> AskAsync(HttpContext http, string group, string noun, Sections sections, ShellFactory shells) => FormAsync(http, $"{group}/{noun}", new FieldErrors(), "", sections, shells);

    static async Task<IResult> SaveAsync(HttpContext http, string group, string noun, Sections sections, SaveObject save, ShellFactory shells)
    {
        if (sections.Find($"{group}/{noun}") is not { } section)
            return await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var name = (await http.Request.ReadFormAsync(http.RequestAborted))["name"].ToString().Trim();
        var query = ListState.Read(http.Request).Query;
        var body = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["list"] = section.Path, ["name"] = name, ["query"] = query });
        var saved = await save.CreateAsync(SavedViewKind.Kind, http.Caller(), body, SaveOptions.Full, http.RequestAborted);
        if (saved.Fault is Fault.Invalid invalid)
            return await FormAsync(http, section.Path, invalid.Errors, name, sections, shells);
        if (saved.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", $"View {name} is saved.");
        return ConsolePages.See(http, section.Url + query);
    }

    static async Task<IResult> DeleteAsync(HttpContext http, string group, string noun, string pk, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        var found = await objects.FindAsync(SavedViewKind.Kind, http.Caller(), pk, tracked: true, http.RequestAborted);
        var fault = found.Fault ?? (await delete.ExecuteAsync(SavedViewKind.Kind, http.Caller(), found.Value, http.RequestAborted)).Fault;
        if (fault is not null)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", $"View {SavedViewKind.Kind.NameOf(found.Value)} is deleted.");
        return ConsolePages.See(http, $"{ConsolePages.Root}{group}/{noun}/");
    }

    static async Task<IResult> FormAsync(HttpContext http, string path, FieldErrors errors, string name, Sections sections, ShellFactory shells)
    {
        if (sections.Find(path) is not { } section)
            return await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var query = ListState.Read(http.Request).Query;
        return new PageResult<SaveViewPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), Section = section, Query = query, Typed = name, Errors = errors },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
