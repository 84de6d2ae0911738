namespace Postern.Expressions;

/// <summary>Constructor and methods of list.</summary>
internal static class ListMethods
{
    private static ScriptList Self(ReadOnlySpan<object?> a) => (ScriptList)a[0]!;

    public static void Declare() => Types.List
        .New("iterable=?, /", (_, a) => a[0] is Unbound ? new ScriptList() : Iteration.ToList(a[0]))
        .Procedure("append", "object, /", (_, a) => Self(a).Append(a[1]))
        .Procedure("extend", "iterable, /", (_, a) => Self(a).AddRange(Iteration.ToArray(a[1])))
        .Procedure("insert", "index, object, /", (_, a) => Self(a).Insert(Place(Self(a), a[1]), a[2]))
        .Procedure("remove", "value, /", (_, a) => Self(a).RemoveRange(Find(Self(a), a[1], "list.remove(x): x not in list"), 1))
        .Method("pop", "index=-1, /", (_, a) => Pop(Self(a), a[1]))
        .Procedure("clear", "", (_, a) => Self(a).Clear())
        .Method("copy", "", (_, a) => Iteration.ToList(a[0]))
        .Procedure("reverse", "", (_, a) => Self(a).Span.Reverse())
        .Procedure("sort", "*, key=None, reverse=False", (m, a) => Sorting.Sort(m, Self(a), a[1], Truth.Of(a[2])))
        .Method("index", "value, start=0, stop=9223372036854775807, /", (_, a) => Index(Self(a), a))
        .Method("count", "value, /", (_, a) => Count(Self(a).Span, a[1]));

    private static int Place(ScriptList list, object? index)
    {
        var at = Numbers.ToIndex(index);
        return (int)Math.Clamp(at < 0 ? at + list.Count : at, 0, list.Count);
    }

    private static int Find(ScriptList list, object? value, string message) =>
        Containers.IndexOf(list, value, 0, int.MaxValue) is >= 0 and var i ? i : throw TypeTable.ValueError(message);

    private static object? Pop(ScriptList list, object? index)
    {
        if (list.Count == 0)
            throw new ScriptException(ExceptionTypes.IndexError, "pop from empty list");
        var at = Numbers.ToIndex(index);
        if (at < 0)
            at += list.Count;
        if (at < 0 || at >= list.Count)
            throw new ScriptException(ExceptionTypes.IndexError, "pop index out of range");
        var value = list[(int)at];
        list.RemoveRange((int)at, 1);
        return value;
    }

    private static object Index(ScriptList list, ReadOnlySpan<object?> a)
    {
        static int Bound(long at, int count) => (int)Math.Clamp(at < 0 ? at + count : at, 0, int.MaxValue);
        var from = Bound(Numbers.ToIndex(a[2]), list.Count);
        var to = Bound(Numbers.ToIndex(a[3]), list.Count);
        var index = Containers.IndexOf(list, a[1], from, to);
        return index >= 0 ? Boxed.Int(index) : throw TypeTable.ValueError($"{Representation.Of(a[1])} is not in list");
    }

    public static object Count(ReadOnlySpan<object?> items, object? value)
    {
        var count = 0;
        foreach (var item in items)
        {
            Machine.Tick();
            if (ReferenceEquals(item, value) || Equality.AreEqual(item, value))
                count++;
        }

        return Boxed.Int(count);
    }
}
