namespace Postern.Expressions;

/// <summary>A script's syntax tree with its scopes resolved.</summary>
internal sealed record ParsedScript(
    IReadOnlyList<Stmt> Body, Scope Top, IReadOnlyDictionary<string, ScriptPosition> Globals, IReadOnlySet<string> AssignedGlobals)
{
    public static ParsedScript Parse(string source)
    {
        if (source.Length > Script.MaxSourceLength)
            throw new SyntaxFault($"the expression is longer than {Script.MaxSourceLength} characters", new ScriptPosition(1, 1), "length");
        var zero = source.IndexOf('\0', StringComparison.Ordinal);
        if (zero >= 0)
            throw new SyntaxFault("source code cannot contain null bytes", new ScriptPosition(1 + source.AsSpan(0, zero).Count('\n'), 1));
        var body = Parser.Parse(source);
        var scopes = new ScopeBuilder();
        var top = scopes.Build(body);
        return new ParsedScript(body, top, scopes.Globals, scopes.AssignedGlobals);
    }

    public static ScriptDiagnostic Describe(SyntaxFault fault) =>
        new(ScriptSeverity.Error, fault.Code, fault.Message, fault.Position.Line, fault.Position.Column);
}
