namespace Postern.Expressions;

/// <summary>The module `itertools`.</summary>
internal static class Itertools
{
    private static readonly ScriptType Kind = new("itertools");

    public static HostModule Build()
    {
        var module = new HostModule("itertools")
            .Def("chain", "*iterables", (_, a) => Lazy(((object?[])a[0]!).SelectMany(Iteration.Walk)))
            .Def("count", "start=0, step=1", (_, a) => Lazy(Count(a[0], a[1])))
            .Def("cycle", "iterable, /", (_, a) => Lazy(Cycle(a[0])))
            .Def("repeat", "object, times=?", (_, a) => Lazy(Repeat(a[0], a[1] is Unbound ? long.MaxValue : Numbers.ToIndex(a[1]))))
            .Def("islice", "iterable, start, stop=?, step=1, /", (_, a) => Lazy(Slice(Iteration.Of(a[0]), a[1], a[2], a[3])))
            .Def("takewhile", "predicate, iterable, /", (m, a) => Lazy(Iteration.Walk(a[1]).TakeWhile(Test(m, a[0]))))
            .Def("dropwhile", "predicate, iterable, /", (m, a) => Lazy(Iteration.Walk(a[1]).SkipWhile(Test(m, a[0]))))
            .Def("filterfalse", "function, iterable, /", (m, a) => Lazy(FilterFalse(m, a[0], a[1])))
            .Def("starmap", "function, iterable, /", (m, a) => Lazy(StarMap(m, a[0], a[1])))
            .Def("compress", "data, selectors", (_, a) => Lazy(Iteration.Walk(a[0]).Zip(Iteration.Walk(a[1])).Where(p => Truth.Of(p.Second)).Select(p => p.First)))
            .Def("zip_longest", "*iterables, fillvalue=None", (_, a) => Lazy(ZipLongest((object?[])a[1]!, a[0])))
            .Def("accumulate", "iterable, func=None, *, initial=?", (m, a) => Lazy(Accumulate(m, a[0], a[1], a[2])))
            .Def("groupby", "iterable, key=None", (m, a) => Lazy(GroupBy(m, a[0], a[1])))
            .Def("pairwise", "iterable, /", (_, a) => Lazy(Pairwise(a[0])))
            .Def("tee", "iterable, n=2, /", (_, a) => Tee(a[0], Numbers.ToInt(a[1])));
        module.Set("product", new NativeFunction("product", Signature.Parse("*iterables, repeat=1", isMethod: false), (_, a) => Combinatorics.Product((object?[])a[1]!, Numbers.ToInt(a[0]))));
        return module
            .Def("permutations", "iterable, r=None", (_, a) => Lazy(Combinatorics.Permutations(Iteration.ToArray(a[0]), a[1])))
            .Def("combinations", "iterable, r", (_, a) => Lazy(Combinatorics.Combinations(Iteration.ToArray(a[0]), Numbers.ToInt(a[1]), repeat: false)))
            .Def("combinations_with_replacement", "iterable, r", (_, a) => Lazy(Combinatorics.Combinations(Iteration.ToArray(a[0]), Numbers.ToInt(a[1]), repeat: true)));
    }

    public static SequenceIterator Lazy(IEnumerable<object?> items) => new(Kind, items);

    private static IEnumerable<object?> Count(object? start, object? step)
    {
        for (var value = start; ; value = Arithmetic.Binary(BinaryOperator.Add, value, step))
            yield return value;
    }

    private static IEnumerable<object?> Cycle(object? iterable)
    {
        var items = Iteration.ToArray(iterable);
        while (items.Length > 0)
        {
            foreach (var item in items)
                yield return item;
        }
    }

    private static IEnumerable<object?> Repeat(object? value, long times)
    {
        for (long i = 0; i < times; i++)
            yield return value;
    }

    private static Func<object?, bool> Test(Machine machine, object? function) => item => Truth.Of(machine.Invoke(function, [item], null));

    private static IEnumerable<object?> FilterFalse(Machine machine, object? function, object? iterable) =>
        Iteration.Walk(iterable).Where(item => !Truth.Of(function is null ? item : machine.Invoke(function, [item], null)));

    private static IEnumerable<object?> StarMap(Machine machine, object? function, object? iterable) =>
        Iteration.Walk(iterable).Select(item => machine.Invoke(function, Iteration.ToArray(item), null));

    private static IEnumerable<object?> Slice(ScriptIterator source, object? first, object? second, object? stride)
    {
        const string error = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
        static long Bound(object? value, long missing)
        {
            var number = value is null ? missing : Numbers.IsInteger(value) ? Numbers.ToIndex(value) : -1;
            return number >= 0 ? number : throw TypeTable.ValueError(error);
        }

        var (start, stop) = second is Unbound ? (0, Bound(first, long.MaxValue)) : (Bound(first, 0), Bound(second, long.MaxValue));
        var step = Bound(stride, 1);
        if (step == 0)
            throw TypeTable.ValueError("Step for islice() must be a positive integer or None.");
        for (long i = 0; i < stop && source.Next(Machine.Current!, out var item); i++)
        {
            Machine.Tick();
            if (i >= start && (i - start) % step == 0)
                yield return item;
        }
    }

    private static IEnumerable<object?> ZipLongest(object?[] iterables, object? fill)
    {
        var sources = iterables.Select(Iteration.Of).ToArray();
        while (true)
        {
            var row = new object?[sources.Length];
            var any = false;
            for (var i = 0; i < sources.Length; i++)
            {
                if (sources[i].Next(Machine.Current!, out row[i]))
                    any = true;
                else
                    row[i] = fill;
            }

            if (!any)
                yield break;
            yield return new ScriptTuple(row);
        }
    }

    private static IEnumerable<object?> Accumulate(Machine machine, object? iterable, object? function, object? total)
    {
        if (total is not Unbound)
            yield return total;
        foreach (var item in Iteration.Walk(iterable))
        {
            total = total is Unbound ? item : function is null ? Arithmetic.Binary(BinaryOperator.Add, total, item) : machine.Invoke(function, [total, item], null);
            yield return total;
        }
    }

    // Groups are collected as they are reached, so a group stays readable after the next one was asked for.
    private static IEnumerable<object?> GroupBy(Machine machine, object? iterable, object? key)
    {
        ScriptList? group = null;
        object? current = null;
        foreach (var item in Iteration.Walk(iterable))
        {
            var itemKey = key is null ? item : machine.Invoke(key, [item], null);
            if (group is not null && !Equality.AreEqual(current, itemKey))
            {
                yield return new ScriptTuple(current, Iteration.Of(group));
                group = null;
            }

            if (group is null)
                (group, current) = (new ScriptList(), itemKey);
            group.Add(item);
        }

        if (group is not null)
            yield return new ScriptTuple(current, Iteration.Of(group));
    }

    private static IEnumerable<object?> Pairwise(object? iterable)
    {
        object? before = Unbound.Value;
        foreach (var item in Iteration.Walk(iterable))
        {
            if (before is not Unbound)
                yield return new ScriptTuple(before, item);
            before = item;
        }
    }

    private static ScriptTuple Tee(object? iterable, int count)
    {
        Machine.Charge(64L * Math.Max(0, count));
        var items = Iteration.ToList(iterable);
        return new ScriptTuple(Enumerable.Range(0, Math.Max(0, count)).Select(_ => (object?)Iteration.Of(items)).ToArray());
    }
}
