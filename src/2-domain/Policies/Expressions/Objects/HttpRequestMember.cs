namespace Postern.Policies.Expressions.Objects;

/// <summary>An attribute of <c>http_request</c> that a slice adds.</summary>
public sealed record HttpRequestMember(string Name, Func<ExpressionRun, ValueTask<object?>> Value);
