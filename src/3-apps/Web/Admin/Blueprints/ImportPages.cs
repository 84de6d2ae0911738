using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Blueprints;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Pages;
using Postern.Pages.Forms;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Blueprints;

/// <summary>Importing a blueprint file or a shipped example: first its plan, then the import, with the report of what it did or why it was refused.</summary>
static class ImportPages
{
    const string Examples = "example/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        foreach (var section in new[] { "flows/flows", "customization/blueprints" })
        {
            pages.MapGet($"{section}/import/", (HttpContext http, ShellFactory shells, BlueprintLibrary library) => ShowAsync(http, shells, library, section, new()));
            pages.MapPost($"{section}/import/", (HttpContext http, ShellFactory shells, ImportBlueprint import, BlueprintLibrary library, BlueprintSettings settings) =>
                ImportAsync(http, shells, import, library, settings, section));
        }
    }

    static async Task<IResult> ImportAsync(HttpContext http, ShellFactory shells, ImportBlueprint import, BlueprintLibrary library, BlueprintSettings settings, string section)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = new ImportOutcome { IsPlan = form["step"] != "apply", Example = form["path"].ToString() };
        var (content, problem) = await ContentAsync(form, library, settings, http.RequestAborted);
        if (content is null)
            return await ShowAsync(http, shells, library, section, outcome with { Problem = problem });
        var reading = BlueprintReader.Read(content, settings.Limits);
        var report = ImportReport.OfFile(reading.Problems, reading.Warnings);
        if (reading.Blueprint is { } blueprint)
            report = (await import.ExecuteAsync(new ImportRequest(blueprint, http.Caller()) { DryRun = outcome.IsPlan }, http.RequestAborted)) with { FileWarnings = reading.Warnings };
        var isExample = IsExample(outcome.Example) && form.Files["file"] is not { Length: > 0 };
        return await ShowAsync(http, shells, library, section, outcome with { Report = report, Content = isExample ? "" : content, Example = isExample ? outcome.Example : "" });
    }

    static async Task<(string? Content, string Problem)> ContentAsync(IFormCollection form, BlueprintLibrary library, BlueprintSettings settings, CancellationToken cancellation)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            if (file.Length > settings.Limits.MaxBytes)
                return (null, $"A blueprint may hold at most {settings.Limits.MaxBytes} bytes.");
            using var reader = new StreamReader(file.OpenReadStream());
            return (await reader.ReadToEndAsync(cancellation), "");
        }
        if (form["content"].ToString() is { Length: > 0 } content)
            return (content.ReplaceLineEndings("\n"), "");
        if (form["path"].ToString() is { Length: > 0 } path && IsExample(path) && await library.FindAsync(path, cancellation) is { } example)
            return (System.Text.Encoding.UTF8.GetString(example.Content.Span), "");
        return (null, "Choose a file or an example first.");
    }

    static bool IsExample(string path) => path.StartsWith(Examples, StringComparison.Ordinal);

    static async Task<IResult> ShowAsync(HttpContext http, ShellFactory shells, BlueprintLibrary library, string section, ImportOutcome outcome)
    {
        var files = await library.ListAsync(http.RequestAborted);
        var isRefused = outcome.Problem.Length > 0 || outcome.Report is { IsSuccess: false };
        return new PageResult<ImportPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Outcome = outcome,
                Back = $"/if/admin/{section}/",
                Examples = files.Where(f => IsExample(f.Path)).Select(f => new Option(f.Path, f.Path[Examples.Length..])).ToList(),
            },
            isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
