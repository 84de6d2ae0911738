using System.Numerics;
using System.Runtime.CompilerServices;

namespace Postern.Expressions;

/// <summary>The operators &lt;, &lt;=, &gt; and &gt;= on script values.</summary>
internal static class Order
{
    public static bool Compare(CompareOperator op, object? a, object? b)
    {
        switch (a, b)
        {
            case (long x, long y):
                return Holds(op, x.CompareTo(y));
            case (bool or long or double or BigInteger, bool or long or double or BigInteger):
                return NumberOrder.Compare(a, b) is { } order && Holds(op, order);
            case (string x, string y):
                return Holds(op, Text.Compare(x, y));
            case (ScriptBytes x, ScriptBytes y):
                return Holds(op, x.Span.SequenceCompareTo(y.Span));
            case (ScriptList x, ScriptList y):
                return CompareSequences(op, x.ToArray(), y.ToArray());
            case (ScriptTuple x, ScriptTuple y):
                return CompareSequences(op, x.Items, y.Items);
            case (ScriptSet x, ScriptSet y):
                return CompareSets(op, x, y);
        }

        if (a is HostObject host && host.CompareTo(b) is { } first)
            return Holds(op, first);
        if (b is HostObject other && other.CompareTo(a) is { } second)
            return Holds(op, -second);
        throw new ScriptException(
            ExceptionTypes.TypeError,
            $"'{OperatorSymbols.Of(op)}' not supported between instances of '{Types.NameOf(a)}' and '{Types.NameOf(b)}'");
    }

    private static bool Holds(CompareOperator op, int order) => op switch
    {
        CompareOperator.Less => order < 0,
        CompareOperator.LessOrEqual => order <= 0,
        CompareOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool CompareSequences(CompareOperator op, ReadOnlySpan<object?> x, ReadOnlySpan<object?> y)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < x.Length && i < y.Length; i++)
        {
            Machine.Tick();
            if (!ReferenceEquals(x[i], y[i]) && !Equality.AreEqual(x[i], y[i]))
                return Compare(op, x[i], y[i]);
        }

        return Holds(op, x.Length.CompareTo(y.Length));
    }

    private static bool CompareSets(CompareOperator op, ScriptSet x, ScriptSet y) => op switch
    {
        CompareOperator.Less => x.Count < y.Count && Equality.SubsetOf(x, y),
        CompareOperator.LessOrEqual => Equality.SubsetOf(x, y),
        CompareOperator.Greater => y.Count < x.Count && Equality.SubsetOf(y, x),
        _ => Equality.SubsetOf(y, x),
    };
}
