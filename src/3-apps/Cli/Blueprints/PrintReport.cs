using Postern.Blueprints.Importing;
using Postern.Kernel.Values;

namespace Postern.Cli.Blueprints;

/// <summary>A report in lines: what happens to which object, each changed field with both its values, problems on standard error.</summary>
static class PrintReport
{
    public static void Write(ImportReport report, bool isPlan)
    {
        foreach (var problem in report.FileProblems.Concat(report.FileWarnings))
            Console.Error.WriteLine(problem);
        Entries(report);
        var counts = report.Entries.GroupBy(e => e.Action).OrderBy(g => g.Key).Select(g => FormattableString.Invariant($"{g.Count()} {WireEnum<EntryAction>.Name(g.Key)}"));
        Console.WriteLine($"{(isPlan ? "Plan" : report.IsSuccess ? "Applied" : "Nothing was applied")}: {string.Join(", ", counts)}.");
    }

    static void Entries(ImportReport report)
    {
        foreach (var entry in report.Entries)
        {
            if (entry.Action is not (EntryAction.Unchanged or EntryAction.Failed))
                Console.WriteLine($"{WireEnum<EntryAction>.Name(entry.Action)}\t{entry.Model}\t{entry.Identifiers.ToJsonString()}");
            foreach (var (field, change) in entry.Changes)
                Console.WriteLine($"\t{field}\t{change?.ToJsonString()}");
            foreach (var problem in entry.Problems)
                Console.Error.WriteLine($"{entry.Model}: {problem}");
            foreach (var warning in entry.Warnings)
                Console.Error.WriteLine($"{entry.Model}: warning: {warning}");
            if (entry.Nested is { } nested)
                Entries(nested);
        }
    }
}
