using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Pages;
using Postern.Pages.Menu;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.Docs;

/// <summary>The API document to browse; open to all, as the document is.</summary>
static class DocsPages
{
    public const string Root = "/api/v3/docs/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(Root + "{subject}/", SubjectAsync).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task<IResult> ShowAsync(HttpContext http, ApiReference reference, ShellFactory shells)
    {
        var search = http.Request.Query["search"].ToString().Trim();
        return new PageResult<DocsPage>(new
        {
            Page = await ShellAsync(http, reference, shells),
            Reference = reference,
            Search = search,
            Operations = search.Length > 0 ? reference.Search(search) : [],
        });
    }

    static async Task<IResult> SubjectAsync(HttpContext http, string subject, ApiReference reference, ShellFactory shells) =>
        reference.Subjects.FirstOrDefault(s => string.Equals(s.Key, subject, StringComparison.Ordinal)) is { } found
            ? new PageResult<SubjectPage>(new { Page = await ShellAsync(http, reference, shells), Reference = reference, Subject = found })
            : await ConsolePages.ProblemAsync(http, "There is no such part of the API.", StatusCodes.Status404NotFound);

    static async ValueTask<PageShell> ShellAsync(HttpContext http, ApiReference reference, ShellFactory shells) => await shells.ForAsync(http, withMenu: false) with
    {
        Menu =
        [
            new MenuGroup(null, [new MenuItem("API reference", Root, "home") { Alone = true }]),
            new MenuGroup("Subjects", [.. reference.Subjects.Select(s => new MenuItem(s.Key, $"{Root}{s.Key}/", "code"))]),
        ],
    };
}
