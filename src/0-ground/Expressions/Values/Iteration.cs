namespace Postern.Expressions;

/// <summary>What `iter(value)` gives, and walks over anything iterable.</summary>
internal static class Iteration
{
    public static ScriptIterator Of(object? value) => value switch
    {
        ScriptList list => new ListIterator(list),
        ScriptTuple tuple => new ArrayIterator(IteratorTypes.Tuple, tuple.Array),
        ScriptIterator iterator => iterator,
        ScriptDict dict => new TableIterator(IteratorTypes.DictKeys, dict.Table, null, "dictionary"),
        string text => new StringIterator(text),
        RangeValue range => new RangeIterator(range),
        ScriptSet set => new TableIterator(IteratorTypes.Set, set.Table, null, "Set"),
        ScriptBytes bytes => new SequenceIterator(IteratorTypes.Bytes, bytes.Array.Select(b => (object?)Boxed.Int(b))),
        DictView view => view.Iterator(),
        HostObject host => OfHost(host),
        _ => throw NotIterable(value),
    };

    private static SequenceIterator OfHost(HostObject host)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        return new SequenceIterator(IteratorTypes.Other, (host.Iterate() ?? throw NotIterable(host)).Select(Converted));
    }

    private static object? Converted(object? value) => ScriptValue.From(value);

    private static ScriptException NotIterable(object? value) =>
        new(ExceptionTypes.TypeError, $"'{Types.NameOf(value)}' object is not iterable");

    /// <summary>Walks a value lazily from .NET code.</summary>
    public static IEnumerable<object?> Walk(object? value)
    {
        var machine = Machine.Current!;
        var iterator = Of(value);
        while (iterator.Next(machine, out var item))
        {
            Machine.Tick();
            yield return item;
        }
    }

    /// <summary>Collects a value's items to a new list.</summary>
    public static ScriptList ToList(object? value)
    {
        switch (value)
        {
            case ScriptList source:
                Machine.Charge(8L * source.Count);
                return ScriptList.Own(source.ToArray());
            case ScriptTuple tuple:
                Machine.Charge(8L * tuple.Count);
                return ScriptList.Own(tuple.Items.ToArray());
        }

        var list = new ScriptList();
        var machine = Machine.Current!;
        var iterator = Of(value);
        while (iterator.Next(machine, out var item))
        {
            Machine.Tick();
            list.Add(item);
        }

        return list;
    }

    /// <summary>A value's items, without a copy where it has them in a row.</summary>
    public static object?[] ToArray(object? value)
    {
        switch (value)
        {
            case ScriptTuple tuple:
                return tuple.Array;
            case ScriptList list:
                Machine.Charge(8L * list.Count);
                return list.ToArray();
            default:
                return ToList(value).ToArray();
        }
    }
}
