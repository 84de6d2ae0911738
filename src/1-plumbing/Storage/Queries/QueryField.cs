using System.Linq.Expressions;

namespace Postern.Storage.Queries;

/// <summary>A field that queries may name.</summary>
public abstract record QueryField(string Name)
{
    /// <summary>Word for the type in messages and completions: <c>str</c>, <c>bool</c>, <c>int</c>, <c>datetime</c>, <c>relation</c>.</summary>
    public abstract string Type { get; }

    public bool Nullable { get; init; }

    /// <summary>Values to suggest.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Keys below a JSON field to suggest.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The condition of a comparison in its positive form. Throws <see cref="QueryFault"/>.</summary>
    internal abstract LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run);

    /// <summary>What must hold besides, so that the opposite of a comparison does not match what has no value; null for none.</summary>
    internal virtual LambdaExpression? Present(string[] path, QueryRun run) => null;

    private protected QueryFault Mismatch(QueryNode.Test test, QueryValue value, string expected) => value.Kind is QueryValueKind.None && !Nullable
        ? new QueryFault($"Field {test.Name} is not nullable, can't compare it to None", value.At)
        : new QueryFault($"Field \"{test.Name}\" has \"{(Nullable ? "nullable " : "")}{Type}\" type. It can be compared to {expected}{(Nullable ? " or None" : "")}, but not to {value.Shown}", value.At);

    private protected static QueryFault NotThatWay(QueryNode.Test test) => new($"Field \"{test.Name}\" does not know the operator {test.Operator}", test.At);
}

/// <summary>What compiling needs besides the query.</summary>
sealed record QueryRun(PosternDb Db, DateTimeOffset Now);
