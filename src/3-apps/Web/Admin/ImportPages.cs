using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Blueprints;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Reading;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>Importing a blueprint file, with the report of what it did or why it was refused.</summary>
static class ImportPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var section in new[] { "flows/flows", "customization/blueprints" })
        {
            pages.MapGet($"{section}/import/", (HttpContext http, ShellFactory shells) => ShowAsync(http, shells, section, report: null));
            pages.MapPost($"{section}/import/", (HttpContext http, ShellFactory shells, ImportBlueprint import, BlueprintSettings settings) => ImportAsync(http, shells, import, settings, section));
        }
    }

    static async Task<IResult> ImportAsync(HttpContext http, ShellFactory shells, ImportBlueprint import, BlueprintSettings settings, string section)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files["file"] is not { Length: > 0 } file)
            return await ShowAsync(http, shells, section, report: null, "Choose a file first.");
        if (file.Length > settings.Limits.MaxBytes)
            return await ShowAsync(http, shells, section, report: null, $"A blueprint may hold at most {settings.Limits.MaxBytes} bytes.");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        var reading = BlueprintReader.Read(content.ToArray(), settings.Limits);
        var report = ImportReport.OfFile(reading.Problems, reading.Warnings);
        if (reading.Blueprint is { } blueprint)
        {
            var request = new ImportRequest(blueprint, http.Caller()) { DryRun = form["dry_run"].Contains("true") };
            report = (await import.ExecuteAsync(request, http.RequestAborted)) with { FileWarnings = reading.Warnings };
        }
        return await ShowAsync(http, shells, section, report, isPlan: form["dry_run"].Contains("true"));
    }

    static async Task<IResult> ShowAsync(HttpContext http, ShellFactory shells, string section, ImportReport? report, string problem = "", bool isPlan = false) =>
        new PageResult<ImportPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), Report = report, Problem = problem, IsPlan = isPlan, Back = $"/if/admin/{section}/" },
            problem.Length > 0 || report is { IsSuccess: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
