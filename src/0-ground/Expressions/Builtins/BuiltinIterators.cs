namespace Postern.Expressions;

internal static partial class Builtins
{
    private static void AddIterators(Dictionary<string, object?> table)
    {
        Add(table, "iter", "obj, sentinel=?, /", Iterate);
        Add(table, "next", "iterator, default=?, /", Next);
        Add(table, "any", "iterable, /", (_, a) => Boxed.Bool(Iteration.Walk(a[0]).Any(Truth.Of)));
        Add(table, "all", "iterable, /", (_, a) => Boxed.Bool(Iteration.Walk(a[0]).All(Truth.Of)));
        Add(table, "sorted", "iterable, /, *, key=None, reverse=False", Sorted);
        Add(table, "reversed", "sequence, /", (_, a) => Reversed(a[0]));
        Add(table, "enumerate", "iterable, start=0", (_, a) => new SequenceIterator(IteratorTypes.Enumerate, Enumerate(Iteration.Of(a[0]), a[1])));
        Add(table, "zip", "*iterables, strict=False", (_, a) => Zip((object?[])a[1]!, Truth.Of(a[0])));
        Add(table, "map", "func, *iterables", Map);
        Add(table, "filter", "function, iterable, /", (m, a) => new SequenceIterator(IteratorTypes.Filter, Filter(m, a[0], Iteration.Of(a[1]))));
        Add(table, "min", "*args, key=None, default=?", (m, a) => Extreme(m, "min", a, CompareOperator.Less));
        Add(table, "max", "*args, key=None, default=?", (m, a) => Extreme(m, "max", a, CompareOperator.Greater));
        Add(table, "sum", "iterable, /, start=0", (_, a) => Sum(a[0], a[1]));
    }

    private static object? Iterate(Machine machine, ReadOnlySpan<object?> a)
    {
        if (a[1] is Unbound)
            return Iteration.Of(a[0]);
        return IsCallable(a[0])
            ? new SequenceIterator(new ScriptType("callable_iterator"), CallUntil(machine, a[0], a[1]))
            : throw TypeTable.TypeError("iter(v, w): v must be callable");
    }

    private static IEnumerable<object?> CallUntil(Machine machine, object? function, object? sentinel)
    {
        while (true)
        {
            var value = machine.Invoke(function, [], null);
            if (Equality.AreEqual(value, sentinel))
                yield break;
            yield return value;
        }
    }

    private static object? Next(Machine machine, ReadOnlySpan<object?> a)
    {
        if (a[0] is not ScriptIterator iterator)
            throw TypeTable.TypeError($"'{Types.NameOf(a[0])}' object is not an iterator");
        if (iterator.Next(machine, out var value))
            return value;
        return a[1] is Unbound ? throw new ScriptException(ExceptionTypes.StopIteration) : a[1];
    }

    private static object? Sorted(Machine machine, ReadOnlySpan<object?> a)
    {
        var list = Iteration.ToList(a[0]);
        Sorting.Sort(machine, list, a[1], Truth.Of(a[2]));
        return list;
    }

    public static ScriptIterator Reversed(object? value) => value switch
    {
        ScriptList list => new SequenceIterator(IteratorTypes.Reversed, Backwards(list)),
        ScriptTuple tuple => new SequenceIterator(IteratorTypes.Reversed, tuple.Items.ToArray().Reverse()),
        string text => new SequenceIterator(IteratorTypes.Reversed, Enumerable.Reverse(Text.Characters(text))),
        RangeValue range => new RangeIterator(new RangeValue(range.Start + ((range.Count - 1) * range.Step), range.Start - range.Step, -range.Step)),
        ScriptDict or ScriptBytes or HostObject { HasItems: true } => new SequenceIterator(IteratorTypes.Reversed, Iteration.ToList(value).ToArray().Reverse()),
        DictView view => new SequenceIterator(IteratorTypes.Reversed, Iteration.ToList(view).ToArray().Reverse()),
        _ => throw TypeTable.TypeError($"'{Types.NameOf(value)}' object is not reversible"),
    };

    private static IEnumerable<object?> Backwards(ScriptList list)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (i < list.Count)
                yield return list[i];
        }
    }

    private static IEnumerable<object?> Enumerate(ScriptIterator source, object? start)
    {
        object? index = Boxed.Int(Numbers.ToIndex(start));
        while (source.Next(Machine.Current!, out var item))
        {
            yield return new ScriptTuple(index, item);
            index = Arithmetic.Binary(BinaryOperator.Add, index, Boxed.Int(1));
        }
    }

    private static SequenceIterator Zip(object?[] iterables, bool strict)
    {
        var sources = new ScriptIterator[iterables.Length];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = Iteration.Of(iterables[i]);

        return new SequenceIterator(IteratorTypes.Zip, Zip(sources, strict));
    }

    private static IEnumerable<object?> Zip(ScriptIterator[] sources, bool strict)
    {
        while (sources.Length > 0)
        {
            var row = new object?[sources.Length];
            for (var i = 0; i < sources.Length; i++)
            {
                if (sources[i].Next(Machine.Current!, out row[i]))
                    continue;
                if (strict)
                    RequireEnd(sources, i);
                yield break;
            }

            yield return new ScriptTuple(row);
        }
    }

    private static void RequireEnd(ScriptIterator[] sources, int ended)
    {
        static string Before(int i) => i == 1 ? "argument 1" : $"arguments 1-{i}";
        if (ended > 0)
            throw TypeTable.ValueError($"zip() argument {ended + 1} is shorter than {Before(ended)}");
        for (var i = 1; i < sources.Length; i++)
        {
            if (sources[i].Next(Machine.Current!, out _))
                throw TypeTable.ValueError($"zip() argument {i + 1} is longer than {Before(i)}");
        }
    }

    private static object? Map(Machine machine, ReadOnlySpan<object?> a)
    {
        var iterables = (object?[])a[1]!;
        if (iterables.Length == 0)
            throw TypeTable.TypeError("map() must have at least two arguments.");
        return new SequenceIterator(IteratorTypes.Map, Map(machine, a[0], iterables.Select(Iteration.Of).ToArray()));
    }

    private static IEnumerable<object?> Map(Machine machine, object? function, ScriptIterator[] sources)
    {
        while (true)
        {
            var arguments = new object?[sources.Length];
            for (var i = 0; i < sources.Length; i++)
            {
                if (!sources[i].Next(machine, out arguments[i]))
                    yield break;
            }

            yield return machine.Invoke(function, arguments, null);
        }
    }

    private static IEnumerable<object?> Filter(Machine machine, object? function, ScriptIterator source)
    {
        while (source.Next(machine, out var item))
        {
            Machine.Tick();
            if (Truth.Of(function is null ? item : machine.Invoke(function, [item], null)))
                yield return item;
        }
    }

    private static object? Extreme(Machine machine, string name, ReadOnlySpan<object?> a, CompareOperator op)
    {
        var arguments = (object?[])a[2]!;
        var (key, fallback) = (a[0], a[1]);
        if (arguments.Length == 0)
            throw TypeTable.TypeError($"{name} expected at least 1 argument, got 0");
        if (arguments.Length > 1 && fallback is not Unbound)
            throw TypeTable.TypeError($"Cannot specify a default for {name}() with multiple positional arguments");
        object? best = Unbound.Value, bestKey = null;
        foreach (var item in arguments.Length == 1 ? Iteration.Walk(arguments[0]) : arguments)
        {
            var itemKey = key is null ? item : machine.Invoke(key, [item], null);
            if (best is not Unbound && !Order.Compare(op, itemKey, bestKey))
                continue;
            (best, bestKey) = (item, itemKey);
        }

        if (best is not Unbound)
            return best;
        return fallback is Unbound ? throw TypeTable.ValueError($"{name}() arg is an empty sequence") : fallback;
    }

    private static object? Sum(object? iterable, object? start)
    {
        if (start is string)
            throw TypeTable.TypeError("sum() can't sum strings [use ''.join(seq) instead]");
        if (start is ScriptBytes)
            throw TypeTable.TypeError("sum() can't sum bytes [use b''.join(seq) instead]");
        var total = start;
        foreach (var item in Iteration.Walk(iterable))
            total = Arithmetic.Binary(BinaryOperator.Add, total, item);
        return total;
    }
}
