using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Palette;

/// <summary>The search of the whole console: a page, and the same as JSON for the palette.</summary>
static class PalettePages
{
    public const string Path = "/if/admin/search/";
    public const string Results = "/if/admin/search/results/";

    const int Longest = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("search/", ShowAsync);
        pages.MapGet("search/results/", AnswerAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, FindAnything find, ShellFactory shells)
    {
        var text = Text(http);
        return new PageResult<SearchPage>(new { Page = await shells.ForAsync(http, withMenu: true), Text = text, Found = await find.ExecuteAsync(http.Caller(), text, http.RequestAborted) });
    }

    static async Task<IResult> AnswerAsync(HttpContext http, FindAnything find)
    {
        var found = await find.ExecuteAsync(http.Caller(), Text(http), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return new WireJson(writer => Write(writer, found));
    }

    static string Text(HttpContext http) => http.Request.Query["q"].ToString() is { Length: <= Longest } text ? text.Trim() : "";

    static void Write(Utf8JsonWriter writer, IReadOnlyList<FoundThing> found)
    {
        writer.WriteStartArray();
        foreach (var thing in found)
        {
            writer.WriteStartObject();
            writer.WriteString("group", thing.Group);
            writer.WriteString("name", thing.Name);
            writer.WriteString("detail", thing.Detail);
            writer.WriteString("url", thing.Url);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
