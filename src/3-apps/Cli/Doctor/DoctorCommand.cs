using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Checks;

namespace Postern.Cli.Doctor;

/// <summary><c>doctor</c>: what is wrong with this installation, or will be, and what to do about it.</summary>
public static class DoctorCommand
{
    static readonly JsonSerializerOptions readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Installation here)
    {
        var output = new Option<string>("--output") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("doctor", "Look at settings, database, mail, keys, jobs and brands, and say what to do. Exit code: 0 all is well, 1 there are warnings, 2 there are errors.") { output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var lines = await new Examine(here).ExecuteAsync(cancellation);
            if (parsed.GetValue(output) is "json")
                Console.WriteLine(new JsonArray([.. lines.Select(Json)]).ToJsonString(readable));
            else
                Print(lines);
            return (int)lines.Max(l => l.Finding.Level);
        });
        return command;
    }

    static JsonObject Json(Line line) => new()
    {
        ["check"] = line.Check,
        ["level"] = Word(line.Finding.Level),
        ["seen"] = line.Finding.Seen,
        ["advice"] = line.Finding.Advice,
    };

    static void Print(IReadOnlyList<Line> lines)
    {
        foreach (var (check, finding) in lines)
        {
            Console.WriteLine($"{Word(finding.Level),-8} {check}: {finding.Seen}");
            if (finding.Advice.Length > 0)
                Console.WriteLine($"{"",-8} -> {finding.Advice}");
        }
    }

    static string Word(Level level) => level switch { Level.Good => "ok", Level.Warning => "warning", _ => "error" };
}
