namespace Postern.Expressions;

/// <summary>How one evaluation runs: its budget, its clock and what it records.</summary>
public sealed record ScriptRun
{
    public static readonly ScriptRun Default = new();

    public ScriptBudget Budget { get; init; } = ScriptBudget.Default;

    /// <summary>The clock scripts see through datetime and time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Records the values of variables per line, for a test page.</summary>
    public bool TraceVariables { get; init; }
}
