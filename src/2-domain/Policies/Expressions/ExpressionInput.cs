using Postern.Policies.Engine;

namespace Postern.Policies.Expressions;

/// <summary>What an expression is evaluated for and what it sees.</summary>
public sealed record ExpressionInput
{
    /// <summary>Name of the policy, mapping or prompt, for logs and events.</summary>
    public required string Name { get; init; }

    public ExpressionUse Use { get; init; } = ExpressionUse.Mapping;

    /// <summary>The request in question, shown as <c>request</c> and <c>http_request</c>.</summary>
    public PolicyRequest? Request { get; init; }

    /// <summary>Further variables by name; values as in <see cref="PolicyRequest.Context"/>. Names are made identifiers.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Keep the values of variables per line, for trials.</summary>
    public bool Trace { get; init; }
}

/// <summary>Where an expression stands, which decides what it sees.</summary>
public enum ExpressionUse
{
    Policy,
    Mapping,
    Prompt,
}
