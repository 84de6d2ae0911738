namespace Postern.Expressions;

/// <summary>Operators on strings, lists, tuples, bytes, dicts and sets; null when the operands do not fit.</summary>
internal static class SequenceArithmetic
{
    public static bool IsSequence(object? value) => value is string or ScriptList or ScriptTuple or ScriptBytes;

    public static object? Apply(BinaryOperator op, object? a, object? b)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Concatenate(a, b);
            case BinaryOperator.Multiply when IsSequence(a) && Numbers.IsInteger(b):
                return Repeat(a!, Numbers.ToIndex(b));
            case BinaryOperator.Multiply when IsSequence(b) && Numbers.IsInteger(a):
                return Repeat(b!, Numbers.ToIndex(a));
            case BinaryOperator.Or when a is ScriptDict x && b is ScriptDict y:
                var merged = x.Copy();
                merged.Merge(y);
                return merged;
            case BinaryOperator.Or when (a is ScriptType && b is ScriptType or null) || (b is ScriptType && a is ScriptType or null or UnionType) || (a is UnionType && b is ScriptType or null):
                return new UnionType(new ScriptTuple([.. Members(a), .. Members(b)]));
            default:
                return a is ScriptSet s && b is ScriptSet t ? SetMethods.Operate(op, s, t) : null;
        }
    }

    private static object?[] Members(object? value) => value is UnionType union ? union.Members.Array : [value];

    private static object? Concatenate(object? a, object? b)
    {
        switch (a, b)
        {
            case (ScriptList x, ScriptList y):
                Machine.Charge(8L * (x.Count + y.Count));
                return ScriptList.Own([.. x.Span, .. y.Span]);
            case (ScriptTuple x, ScriptTuple y):
                Machine.Charge(8L * (x.Count + y.Count));
                return new ScriptTuple([.. x.Items, .. y.Items]);
            case (ScriptBytes x, ScriptBytes y):
                Machine.Charge(x.Count + y.Count);
                return new ScriptBytes([.. x.Span, .. y.Span]);
            default:
                return null;
        }
    }

    private static object Repeat(object value, long times)
    {
        times = Math.Clamp(times, 0, int.MaxValue);
        switch (value)
        {
            case string s:
                Machine.Charge(2L * s.Length * times);
                return times == 0 || s.Length == 0 ? "" : new System.Text.StringBuilder(s.Length * (int)times).Insert(0, s, (int)times).ToString();
            case ScriptBytes b:
                Machine.Charge(b.Count * times);
                return new ScriptBytes(RepeatSpan(b.Span, (int)times));
            case ScriptTuple t:
                Machine.Charge(8L * t.Count * times);
                return new ScriptTuple(RepeatSpan(t.Items, (int)times));
            default:
                var list = (ScriptList)value;
                Machine.Charge(8L * list.Count * times);
                return ScriptList.Own(RepeatSpan<object?>(list.Span, (int)times));
        }
    }

    private static T[] RepeatSpan<T>(ReadOnlySpan<T> items, int times)
    {
        if (items.Length == 0)
            return [];
        var result = new T[items.Length * times];
        for (var i = 0; i < times; i++)
            items.CopyTo(result.AsSpan(i * items.Length));
        return result;
    }
}
