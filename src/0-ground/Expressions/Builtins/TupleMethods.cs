namespace Postern.Expressions;

/// <summary>Constructor and methods of tuple.</summary>
internal static class TupleMethods
{
    public static void Declare() => Types.Tuple
        .New("iterable=?, /", (_, a) => a[0] is Unbound ? ScriptTuple.Empty : a[0] is ScriptTuple { Named: null } same ? same : new ScriptTuple(Iteration.ToList(a[0]).ToArray()))
        .Method("count", "value, /", (_, a) => ListMethods.Count(((ScriptTuple)a[0]!).Items, a[1]))
        .Method("index", "value, start=0, stop=9223372036854775807, /", (_, a) => Index((ScriptTuple)a[0]!, a));

    private static object Index(ScriptTuple tuple, ReadOnlySpan<object?> a)
    {
        static int Bound(long at, int count) => (int)Math.Clamp(at < 0 ? at + count : at, 0, count);
        for (var i = Bound(Numbers.ToIndex(a[2]), tuple.Count); i < Bound(Numbers.ToIndex(a[3]), tuple.Count); i++)
        {
            if (ReferenceEquals(tuple[i], a[1]) || Equality.AreEqual(tuple[i], a[1]))
                return Boxed.Int(i);
        }

        throw TypeTable.ValueError("tuple.index(x): x not in tuple");
    }
}
