using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>Reads the corpus and runs single scripts.</summary>
internal static class Snippets
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Expressions", "Corpus");

    /// <summary>Generous, so that a slow machine does not fail a test of the language.</summary>
    public static readonly ScriptRun Patient = new()
    {
        Budget = new ScriptBudget { WallTime = TimeSpan.FromSeconds(30), Steps = 50_000_000, AllocatedBytes = 512 * 1024 * 1024, RegexTime = TimeSpan.FromSeconds(5) },
    };

    public static IEnumerable<(string Id, string Source)> Of(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var number = 1;
        if (file.EndsWith(".lines.txt", StringComparison.Ordinal))
        {
            foreach (var line in text.Split('\n'))
            {
                if (line.Trim().Length > 0)
                    yield return ($"{file}:{number}", "return " + line);
                number++;
            }

            yield break;
        }

        foreach (var block in text.Split("\n---\n"))
        {
            yield return ($"{file}:{number}", block.TrimEnd('\n'));
            number += block.Count(c => c == '\n') + 2;
        }
    }

    public static Script Compile(string source)
    {
        var compilation = Script.Compile(source);
        compilation.Succeeded.ShouldBeTrue(compilation.ErrorMessage);
        return compilation.Script!;
    }

    public static ScriptOutcome Run(string source, ScriptScope? scope = null, ScriptRun? run = null) =>
        Compile(source).Run(scope ?? new ScriptScope(), run ?? Patient);

    /// <summary>The repr of the value, or the error as `Type: message`.</summary>
    public static string Show(string source, ScriptScope? scope = null, ScriptRun? run = null)
    {
        var compilation = Script.Compile(source);
        if (!compilation.Succeeded)
            return "SyntaxError: " + compilation.Diagnostics[0].Message;
        var outcome = compilation.Script.Run(scope ?? new ScriptScope(), run ?? Patient);
        outcome.Error?.Fault.ShouldBeNull();
        return outcome.Succeeded ? ScriptValue.Represent(outcome.Value) : $"{outcome.Error!.TypeName}: {outcome.Error.Message}";
    }
}
