namespace Postern.Expressions;

/// <summary>Checks a script when it is saved: what cannot compile is an error, what will surprise its author a warning.</summary>
public static class ScriptChecker
{
    /// <summary>Finds syntax errors, unknown names and imports, code that never runs, and paths that return nothing.</summary>
    public static IReadOnlyList<ScriptDiagnostic> Check(string source, ScriptCheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ParsedScript parsed;
        try
        {
            parsed = ParsedScript.Parse(source);
            Compiler.CompileBody(parsed.Body, parsed.Top, new GlobalTable());
        }
        catch (SyntaxFault fault)
        {
            return [ParsedScript.Describe(fault)];
        }

        var found = new List<ScriptDiagnostic>();
        NameCheck.Run(parsed, options, found);
        new FlowCheck(options, found).Run(parsed);
        return found.OrderBy(d => d.Line).ThenBy(d => d.Column).ToList();
    }
}
