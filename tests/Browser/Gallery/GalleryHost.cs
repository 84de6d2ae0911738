using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Postern.Web;
using Postern.Web.Flow;
using Postern.Web.Shared;

namespace Postern.Tests.Gallery;

/// <summary>A small host that shows every component and every challenge with sample data.</summary>
public static class GalleryHost
{
    /// <summary>The addresses of all pages.</summary>
    public static IReadOnlyList<string> Pages { get; } = [.. ChallengeSamples.Names.Select(name => $"/gallery/flow/{name}/")];

    public static WebApplication Build(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWebPages();
        var app = builder.Build();
        app.Urls.Add(url);
        app.MapWebPages();
        app.MapGet("/", () => Results.Content(string.Concat(Pages.Select(p => $"<p><a href='{p}'>{p}</a>")), "text/html"));
        app.MapGet("/gallery/background.svg", () => Results.Content(Background, "image/svg+xml"));
        app.MapMethods("/gallery/flow/{name}/", [HttpMethods.Get, HttpMethods.Post], ShowChallenge);
        return app;
    }

    static IResult ShowChallenge(string name, HttpContext http) => ChallengeSamples.Find(name) is { } challenge
        ? new PageResult<ChallengeView>(new { Shell = Samples.Shell(http), Challenge = challenge }) { Policy = ContentPolicy.Flow }
        : Results.NotFound();

    const string Background =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="a" x2="1" y2="1"><stop stop-color="#1b2a6b"/>
        <stop offset=".6" stop-color="#2f6f8f"/><stop offset="1" stop-color="#e8b26a"/></linearGradient></defs><path fill="url(#a)" d="M0 0h1600v1000H0z"/>
        <path fill="#0b1330" opacity=".45" d="M0 760 380 480l260 210 300-340 300 300 360-230v580H0z"/></svg>
        """;
}
