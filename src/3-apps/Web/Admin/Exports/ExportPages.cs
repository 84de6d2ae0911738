using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Exports;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Exports;

/// <summary>Export of a list: asks first, with the parameters and the number of rows, then puts it in the queue.</summary>
sealed class ExportPages(RequestExport request, ObjectQuery objects, Sections sections, ShellFactory shells)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var path in new[] { "directory/users", "directory/groups", "events/log" })
        {
            pages.MapGet($"{path}/export/", (HttpContext http, ExportPages self) => self.AskAsync(http, self.Find(path), problem: null));
            pages.MapPost($"{path}/export/", (HttpContext http, ExportPages self) => self.StartAsync(http, self.Find(path)));
        }
    }

    /// <summary>What the parameters of an export say, for people.</summary>
    public static IReadOnlyList<(string Name, string Value)> Shown(JsonObject parameters) =>
        [.. parameters.Select(p => (p.Key, p.Value is JsonArray many ? string.Join(", ", many.Select(v => v?.ToString())) : p.Value?.ToString() ?? ""))];

    Section Find(string path) => sections.Find(path) ?? throw new InvalidOperationException($"No section {path}");

    async Task<IResult> AskAsync(HttpContext http, Section section, string? problem)
    {
        var parameters = ExportParameters.Of(http.Request.Query);
        var count = await objects.CountAsync(section.Kind, http.Caller(), ExportParameters.Read(parameters), http.RequestAborted);
        if (count.Fault is { } fault and not Fault.Invalid)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<ExportPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Section = section,
                Parameters = Shown(parameters),
                Count = count.Fault is null ? count.Value : (int?)null,
                Problem = problem ?? count.Fault?.Message ?? "",
                Back = section.Url + http.Request.QueryString,
                Action = $"{section.Url}export/{http.Request.QueryString}",
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IResult> StartAsync(HttpContext http, Section section)
    {
        var asked = await request.ExecuteAsync(http.Caller(), section.Kind, ExportParameters.Of(http.Request.Query), http.RequestAborted);
        if (asked.Fault is Fault.Invalid invalid)
            return await AskAsync(http, section, $"Failed to export data: {invalid.Message}");
        if (asked.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", "Successfully requested data export");
        return ConsolePages.See(http, "/if/admin/events/exports/");
    }
}
