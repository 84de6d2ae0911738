using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Tables;
using Postern.Tests.Gallery.Pages;
using Postern.Web;
using Postern.Web.Flow;

namespace Postern.Tests.Gallery;

/// <summary>A small host that shows every component and every challenge with sample data.</summary>
public static class GalleryHost
{
    static readonly string[] consolePages =
    [
        "/gallery/console/users/", "/gallery/console/users/?search=nobody", "/gallery/console/users/?page=4&ordering=-email", "/gallery/console/invitations/?expanded=engineering-team",
        "/gallery/console/user/", "/gallery/console/forms/", "/gallery/console/forms/errors/", "/gallery/console/new/", "/gallery/console/delete/", "/gallery/console/blocks/",
        "/gallery/console/messages/", "/gallery/user/",
    ];

    /// <summary>The addresses of all pages.</summary>
    public static IReadOnlyList<string> Pages { get; } = [.. ChallengeSamples.Names.Select(name => $"/gallery/flow/{name}/"), .. consolePages];

    public static WebApplication Build(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWebPages();
        var app = builder.Build();
        app.Urls.Add(url);
        app.MapWebPages();
        app.MapGet("/", () => Results.Content(string.Concat(Pages.Select(p => $"<p><a href='{p}'>{p}</a>")), "text/html"));
        app.MapGet("/gallery/background.svg", () => Results.Content(Samples.Background, "image/svg+xml"));
        app.MapMethods("/gallery/flow/{name}/", [HttpMethods.Get, HttpMethods.Post], ShowChallenge);
        MapConsole(app);
        return app;
    }

    static void MapConsole(WebApplication app)
    {
        app.MapGet("/gallery/console/users/", (HttpContext http) => List<UserList>(http));
        app.MapGet("/gallery/console/invitations/", (HttpContext http) => List<InvitationList>(http));
        app.MapGet("/gallery/console/user/", (HttpContext http) => Page<UserDetail>(http));
        app.MapGet("/gallery/console/forms/", (HttpContext http) => Page<FormFields>(http));
        app.MapGet("/gallery/console/forms/errors/", (HttpContext http) => new PageResult<FormFields>(new { Shell = Samples.Shell(http), Errors = Samples.Errors() }));
        app.MapGet("/gallery/console/new/", (HttpContext http) => Page<NewInvitation>(http));
        app.MapGet("/gallery/console/delete/", (HttpContext http) => Page<DeleteUsers>(http));
        app.MapGet("/gallery/console/blocks/", (HttpContext http) => Page<Blocks>(http));
        app.MapGet("/gallery/console/messages/", (HttpContext http) => new PageResult<UserList>(new { Shell = Samples.Shell(http, Samples.Messages), State = ListState.Read(http.Request) }));
        app.MapPost("/gallery/console/saved/", () => new SeeOther("/gallery/console/messages/"));
        app.MapGet("/gallery/user/", (HttpContext http) => Page<MyDetails>(http));
    }

    static PageResult<TPage> List<TPage>(HttpContext http) where TPage : IComponent =>
        new(new { Shell = Samples.Shell(http), State = ListState.Read(http.Request, ordering: "username") });

    static PageResult<TPage> Page<TPage>(HttpContext http) where TPage : IComponent => new(new { Shell = Samples.Shell(http) });

    static IResult ShowChallenge(string name, HttpContext http) => ChallengeSamples.Find(name) is { } challenge
        ? new PageResult<ChallengeView>(new { Shell = Samples.Shell(http), Challenge = challenge }) { Policy = ContentPolicy.Flow }
        : Results.NotFound();
}
