namespace Postern.Expressions;

/// <summary>Finds names that neither the script, its host nor the language defines.</summary>
internal static class NameCheck
{
    public static void Run(ParsedScript parsed, ScriptCheckOptions options, List<ScriptDiagnostic> found)
    {
        var assigned = parsed.AssignedGlobals;
        foreach (var (name, position) in parsed.Globals)
        {
            if (options.Names.Contains(name, StringComparer.Ordinal) || Builtins.TryGet(name, out _) || assigned.Contains(name))
                continue;
            if (Builtins.Refused.Contains(name))
            {
                found.Add(Warning("refused-name", $"'{name}' is not part of the expression language", position));
                continue;
            }

            var known = options.Names.Concat(Builtins.Names).Concat(parsed.Top.Symbols.Keys);
            var hint = Spelling.Nearest(name, known) is { } near ? $". Did you mean '{near}'?" : "";
            found.Add(Warning("unknown-name", $"name '{name}' is not defined{hint}", position));
        }
    }

    private static ScriptDiagnostic Warning(string code, string message, ScriptPosition position) =>
        new(ScriptSeverity.Warning, code, message, position.Line, position.Column);
}
