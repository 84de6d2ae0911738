namespace Postern.Expressions;

/// <summary>A place an exception passed, innermost first.</summary>
public sealed record ScriptTraceLine(string Function, int Line, int Column);

/// <summary>Why an evaluation failed.</summary>
public enum ScriptErrorKind
{
    /// <summary>The script raised an exception and did not catch it.</summary>
    Exception,

    /// <summary>A bound of the budget was exceeded.</summary>
    Budget,

    /// <summary>The host cancelled the evaluation.</summary>
    Cancelled,
}

/// <summary>An evaluation's failure: Python's type name and message, and the place.</summary>
public sealed record ScriptError(
    ScriptErrorKind Kind, string TypeName, string Message, int Line, int Column, IReadOnlyList<ScriptTraceLine> Trace)
{
    /// <summary>The exception's type, when the script raised one; a host compares it with types it declared.</summary>
    public ScriptType? Type { get; init; }

    /// <summary>The bound that was exceeded.</summary>
    public BudgetKind? Budget { get; init; }

    /// <summary>The exception of the host's code behind the failure, for its log; never shown to scripts.</summary>
    public Exception? Fault { get; init; }

    public override string ToString() => $"{TypeName}: {Message} (line {Line}, column {Column})";
}

/// <summary>A line printed or logged by a script.</summary>
public sealed record ScriptLogLine(string Level, string Message, int Line);

/// <summary>A value a variable took, for the test page: the line that set it, and its repr, shortened.</summary>
public sealed record ScriptTraceValue(int Line, string Name, string Value);

/// <summary>The end of an evaluation: a value or an error, and what it used.</summary>
public sealed class ScriptOutcome
{
    internal ScriptOutcome(object? value, ScriptError? error) => (Value, Error) = (value, error);

    public bool Succeeded => Error is null;

    /// <summary>The returned value; None is null. What a generator yields is collected to a list.</summary>
    public object? Value { get; }

    public ScriptError? Error { get; }

    /// <summary>True when the body yields, so that <see cref="Value"/> is the list of what it yielded.</summary>
    public bool IsGenerator { get; internal init; }

    public long Steps { get; internal init; }

    public TimeSpan Elapsed { get; internal init; }

    public TimeSpan HostElapsed { get; internal init; }

    public long AllocatedBytes { get; internal init; }

    public IReadOnlyList<ScriptLogLine> Log { get; internal init; } = [];

    /// <summary>Values of variables per line, when the run asked for them.</summary>
    public IReadOnlyList<ScriptTraceValue> Variables { get; internal init; } = [];
}
