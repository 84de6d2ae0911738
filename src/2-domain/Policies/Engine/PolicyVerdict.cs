using Postern.Expressions;

namespace Postern.Policies.Engine;

/// <summary>What one policy says.</summary>
public sealed record PolicyVerdict(bool Passing, IReadOnlyList<string> Messages)
{
    /// <summary>Why the policy failed to decide; null when it decided. The binding's failure result then counts.</summary>
    public string? Failure { get; init; }

    /// <summary>What the policy wrote to its log.</summary>
    public IReadOnlyList<PolicyLog> Log { get; init; } = [];

    /// <summary>The value an expression returned, before it was read as true or false.</summary>
    public object? RawResult { get; init; }

    /// <summary>Steps of the expression machine used; 0 for policies that are no expressions.</summary>
    public long Steps { get; init; }

    /// <summary>Values of an expression's variables per line, in a trial.</summary>
    public IReadOnlyList<ScriptTraceValue> Variables { get; init; } = [];

    public static PolicyVerdict Of(bool passing, params string[] messages) => new(passing, messages);

    /// <summary>The policy could not decide.</summary>
    public static PolicyVerdict Failed(string why) => new(Passing: false, [why]) { Failure = why };
}

/// <summary>One line of a policy's log.</summary>
/// <param name="Timestamp">When it was written.</param>
/// <param name="Level"><c>debug</c>, <c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Logger">Name of the policy.</param>
/// <param name="Event">The text.</param>
/// <param name="Attributes">Named values written with it.</param>
public sealed record PolicyLog(DateTimeOffset Timestamp, string Level, string Logger, string Event, IReadOnlyDictionary<string, object?> Attributes);
