namespace Postern.Expressions;

/// <summary>The comparison operators.</summary>
internal static class Comparison
{
    public static object Apply(CompareOperator op, object? a, object? b) => op switch
    {
        CompareOperator.Equal => Boxed.Bool(Equality.AreEqual(a, b)),
        CompareOperator.NotEqual => Boxed.Bool(!Equality.AreEqual(a, b)),
        CompareOperator.In => Boxed.Bool(Containers.Contains(b, a)),
        CompareOperator.NotIn => Boxed.Bool(!Containers.Contains(b, a)),
        CompareOperator.Is => Boxed.Bool(AreSame(a, b)),
        CompareOperator.IsNot => Boxed.Bool(!AreSame(a, b)),
        _ => Boxed.Bool(Order.Compare(op, a, b)),
    };

    /// <summary>Identity. Numbers, strings and booleans have none of their own here and are the same when equal in type and value.</summary>
    public static bool AreSame(object? a, object? b) => ReferenceEquals(a, b) || (a, b) switch
    {
        (bool x, bool y) => x == y,
        (long x, long y) => x == y,
        (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
        (ScriptTuple { Count: 0 }, ScriptTuple { Count: 0 }) => true,
        (LiveDictionary x, LiveDictionary y) => ReferenceEquals(x.Content, y.Content),
        (LiveList x, LiveList y) => ReferenceEquals(x.Content, y.Content),
        _ => false,
    };
}
