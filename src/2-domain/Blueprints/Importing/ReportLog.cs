using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Blueprints.Importing;

/// <summary>Tells a report as log lines, which is how clients of the reference show the outcome of an import.</summary>
public static class ReportLog
{
    /// <summary>The lines, in the order of the file, the verdict last.</summary>
    public static IReadOnlyList<LogLine> Of(ImportReport report, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(report);
        var lines = new List<LogLine>();
        Tell(report, now, lines);
        if (!report.IsSuccess)
            lines.Add(new LogLine(now, "warning", "Blueprint validation failed", []));
        return lines;
    }

    static void Tell(ImportReport report, DateTimeOffset now, List<LogLine> lines)
    {
        lines.AddRange(report.FileProblems.Select(problem => new LogLine(now, "warning", $"Blueprint invalid: {problem}", Place(problem))));
        lines.AddRange(report.FileWarnings.Select(problem => new LogLine(now, "warning", problem.ToString(), Place(problem))));
        foreach (var entry in report.Entries)
        {
            if (entry.Nested is { } nested)
                Tell(nested, now, lines);
            lines.AddRange(entry.Warnings.Select(problem => new LogLine(now, "warning", problem.ToString(), Place(problem, entry))));
            lines.AddRange(entry.Problems.Select(problem => new LogLine(now, "warning", $"Entry invalid: {problem}", Place(problem, entry))));
            if (entry.Action is not EntryAction.Failed)
                lines.Add(new LogLine(now, "info", $"Entry {WireEnum<EntryAction>.Name(entry.Action)}", About(entry)));
        }
    }

    static JsonObject About(EntryReport entry) => new()
    {
        ["line"] = entry.Line,
        ["model"] = entry.Model,
        ["id"] = entry.Id,
        ["identifiers"] = entry.Identifiers.DeepClone(),
        ["pk"] = entry.Pk,
    };

    static JsonObject Place(BlueprintProblem problem, EntryReport? entry = null)
    {
        var attributes = entry is null ? [] : About(entry);
        attributes["line"] = problem.Line;
        attributes["column"] = problem.Column;
        attributes["path"] = problem.Path;
        return attributes;
    }
}
