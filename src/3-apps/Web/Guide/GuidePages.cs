using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Pages;
using Postern.Pages.Menu;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.Guide;

/// <summary>The guide of this version, served by the product itself; open to all, also where there is no other network.</summary>
static class GuidePages
{
    public const string Root = "/docs/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(Root + "{name}/", PageAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(Root + "{folder}/{file}", (HttpContext http, string folder, string file) => FileAsync(http, $"{folder}/{file}")).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task<IResult> ShowAsync(HttpContext http, GuideBook book, ShellFactory shells)
    {
        var search = http.Request.Query["q"].ToString().Trim();
        return new PageResult<GuideHome>(new
        {
            Page = await ShellAsync(http, book, shells),
            Book = book,
            Search = search,
            Found = book.Search(search),
        });
    }

    static async Task<IResult> PageAsync(HttpContext http, string name, GuideBook book, ShellFactory shells) => book.Find(name) is { } page
        ? new PageResult<GuideChapter>(new { Page = await ShellAsync(http, book, shells), Book = book, Chapter = page })
        : await FileAsync(http, name);

    static async Task<IResult> FileAsync(HttpContext http, string path) => GuideBook.File(path) is { } file
        ? Results.Stream(file, path.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "text/plain; charset=utf-8")
        : await ConsolePages.ProblemAsync(http, "There is no such page in the guide.", StatusCodes.Status404NotFound);

    static async ValueTask<PageShell> ShellAsync(HttpContext http, GuideBook book, ShellFactory shells) => await shells.ForAsync(http, withMenu: false) with
    {
        Menu =
        [
            new MenuGroup(null, [new MenuItem(book.Home.Title, Root, "home") { Alone = true }]),
            .. book.Groups.Select(g => new MenuGroup(g.Title, [.. g.Entries.Select(e => new MenuItem(e.Title, e.Url, "file-text"))])),
        ],
    };
}
