namespace Postern.Expressions;

/// <summary>How bad a finding is: an error keeps the script from running, a warning is worth showing.</summary>
public enum ScriptSeverity
{
    Error,
    Warning,
}

/// <summary>Something found in a script before it runs, with its place.</summary>
public sealed record ScriptDiagnostic(ScriptSeverity Severity, string Code, string Message, int Line, int Column)
{
    public override string ToString() => $"{Message} (line {Line}, column {Column})";
}
