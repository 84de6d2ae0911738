using Postern.Expressions;
using Postern.Policies.Engine;

namespace Postern.Policies.Expressions;

/// <summary>How an evaluation ended.</summary>
/// <param name="Value">The value returned, as product values; null for None.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record ExpressionResult(object? Value, ExpressionError? Error)
{
    /// <summary>Python's truth of the value.</summary>
    public bool IsTrue { get; init; }

    /// <summary>What <c>ak_message</c> gave.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    public IReadOnlyList<PolicyLog> Log { get; init; } = [];

    public long Steps { get; init; }

    /// <summary>Time spent, waiting included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Values of variables per line, when asked for.</summary>
    public IReadOnlyList<ScriptTraceValue> Variables { get; init; } = [];
}

/// <summary>Why an evaluation failed, and where.</summary>
/// <param name="Message">Python's text of the exception, or the bound that was exceeded.</param>
/// <param name="TypeName">Name of the exception's type.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Skips">The expression raised <c>SkipObject</c>: no failure for those who sync.</param>
public sealed record ExpressionError(string Message, string TypeName, int Line, int Column, bool Skips);
