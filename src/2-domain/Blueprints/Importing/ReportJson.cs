using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Blueprints.Importing;

/// <summary>A report as JSON, for the API and the instance.</summary>
public static class ReportJson
{
    /// <summary><c>{"success": …, "problems": […], "warnings": […], "entries": […]}</c>.</summary>
    public static JsonObject Of(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["success"] = report.IsSuccess,
            ["problems"] = Problems(report.FileProblems),
            ["warnings"] = Problems(report.FileWarnings),
            ["entries"] = new JsonArray([.. report.Entries.Select(Entry)]),
        };
    }

    static JsonObject Entry(EntryReport entry) => new()
    {
        ["line"] = entry.Line,
        ["path"] = entry.Path,
        ["model"] = entry.Model,
        ["id"] = entry.Id,
        ["identifiers"] = entry.Identifiers.DeepClone(),
        ["action"] = WireEnum<EntryAction>.Name(entry.Action),
        ["pk"] = entry.Pk,
        ["changes"] = entry.Changes.DeepClone(),
        ["problems"] = Problems(entry.Problems),
        ["warnings"] = Problems(entry.Warnings),
        ["applied"] = entry.Nested is { } nested ? Of(nested) : null,
    };

    static JsonArray Problems(IReadOnlyList<BlueprintProblem> problems) => new([.. problems.Select(problem => new JsonObject
    {
        ["line"] = problem.Line, ["column"] = problem.Column, ["path"] = problem.Path, ["message"] = problem.Message,
    })]);
}
