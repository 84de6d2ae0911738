using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Blueprints.Importing;

/// <summary>A report as JSON, for the API and the instance.</summary>
public static class ReportJson
{
    /// <summary><c>{"success": …, "problems": […], "warnings": […], "entries": […]}</c>.</summary>
    public static JsonObject Of(ImportReport report) => Of(report, isPlan: false);

    /// <summary>The same, with what new objects hold and what deleting others does.</summary>
    public static JsonObject OfPlan(ImportReport report) => Of(report, isPlan: true);

    static JsonObject Of(ImportReport report, bool isPlan)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["success"] = report.IsSuccess,
            ["problems"] = Problems(report.FileProblems),
            ["warnings"] = Problems(report.FileWarnings),
            ["entries"] = new JsonArray([.. report.Entries.Select(e => Entry(e, isPlan))]),
        };
    }

    static JsonObject Entry(EntryReport entry, bool isPlan)
    {
        var json = Entry(entry);
        if (entry.Nested is { } nested)
            json["applied"] = Of(nested, isPlan);
        if (!isPlan)
            return json;
        json["values"] = entry.Values.DeepClone();
        json["uses"] = new JsonArray([.. entry.Uses.Select(u => new JsonObject { ["app"] = u.App, ["model_name"] = u.ModelName, ["pk"] = u.Pk, ["name"] = u.Name, ["action"] = u.Action })]);
        return json;
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
        ["applied"] = null,
    };

    static JsonArray Problems(IReadOnlyList<BlueprintProblem> problems) => new([.. problems.Select(problem => new JsonObject
    {
        ["line"] = problem.Line, ["column"] = problem.Column, ["path"] = problem.Path, ["message"] = problem.Message,
    })]);
}
