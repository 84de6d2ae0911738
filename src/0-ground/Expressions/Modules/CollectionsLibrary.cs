namespace Postern.Expressions;

/// <summary>The module `collections`.</summary>
internal static class CollectionsLibrary
{
    public static readonly ScriptType Counter = new("Counter", Types.Dict) { Module = "collections" };
    public static readonly ScriptType DefaultDict = new("defaultdict", Types.Dict) { Module = "collections" };
    public static readonly ScriptType OrderedDict = new("OrderedDict", Types.Dict) { Module = "collections" };

    public static HostModule Build()
    {
        Counter
            .New("iterable=None, /, **kwds", (_, a) => Count(new ScriptDict { Kind = new DictKind(Counter) }, a[0], (ScriptDict)a[1]!, 1))
            .Method("most_common", "n=None", (m, a) => MostCommon(m, (ScriptDict)a[0]!, a[1]))
            .Method("elements", "", (_, a) => new SequenceIterator(IteratorTypes.Other, Elements((ScriptDict)a[0]!)))
            .Method("total", "", (_, a) => ((ScriptDict)a[0]!).Aggregate((object?)Boxed.Int(0), (sum, p) => Arithmetic.Binary(BinaryOperator.Add, sum, p.Value)))
            .Method("subtract", "iterable=None, /, **kwds", (_, a) => Subtract((ScriptDict)a[0]!, a[1], (ScriptDict)a[2]!));
        DefaultDict
            .New("default_factory=None, mapping=?, /, **kwds", (_, a) => MakeDefault(a))
            .Getter("default_factory", d => ((ScriptDict)d).Kind!.Factory);
        OrderedDict
            .New("mapping=?, /, **kwds", (_, a) => DictMethods.Update(new ScriptDict { Kind = new DictKind(OrderedDict) }, a[0], (ScriptDict)a[1]!))
            .Method("popitem", "last=True", (_, a) => DictMethods.PopItem((ScriptDict)a[0]!, Truth.Of(a[1])))
            .Method("move_to_end", "key, last=True", (_, a) => MoveToEnd((ScriptDict)a[0]!, a[1], Truth.Of(a[2])));
        return new HostModule("collections")
            .Set("Counter", Counter)
            .Set("defaultdict", DefaultDict)
            .Set("OrderedDict", OrderedDict)
            .Set("deque", DequeValue.DequeType)
            .Set("namedtuple", NamedTuples.Function);
    }

    private static ScriptDict MakeDefault(ReadOnlySpan<object?> a)
    {
        if (a[0] is not null && !Builtins.IsCallable(a[0]))
            throw TypeTable.TypeError("first argument must be callable or None");
        return DictMethods.Update(new ScriptDict { Kind = new DictKind(DefaultDict, a[0]) }, a[1], (ScriptDict)a[2]!);
    }

    public static ScriptDict Count(ScriptDict counter, object? source, ScriptDict named, long sign)
    {
        if (source is ScriptDict other)
        {
            foreach (var (key, value) in other)
                Add(counter, key, value, sign);
        }
        else if (source is not null)
        {
            foreach (var item in Iteration.Walk(source))
                Add(counter, item, Boxed.Int(1), sign);
        }

        foreach (var (key, value) in named)
            Add(counter, key, value, sign);
        return counter;
    }

    private static void Add(ScriptDict counter, object? key, object? value, long sign)
    {
        Machine.Tick();
        var before = counter.TryGetValue(key, out var found) ? found : Boxed.Int(0);
        counter.Set(key, Arithmetic.Binary(sign > 0 ? BinaryOperator.Add : BinaryOperator.Subtract, before, value));
    }

    private static object? Subtract(ScriptDict counter, object? source, ScriptDict named)
    {
        Count(counter, source, named, -1);
        return null;
    }

    private static ScriptList MostCommon(Machine machine, ScriptDict counter, object? most)
    {
        var list = ScriptList.Own(counter.Select(p => (object?)new ScriptTuple(p.Key, p.Value)).ToArray());
        var byCount = new NativeFunction("count", Signature.Parse("item, /", isMethod: false), (_, a) => ((ScriptTuple)a[0]!)[1]);
        Sorting.Sort(machine, list, byCount, reverse: true);
        if (most is not null && Numbers.ToIndex(most) < list.Count)
            list.RemoveRange((int)Math.Max(0, Numbers.ToIndex(most)), list.Count - (int)Math.Max(0, Numbers.ToIndex(most)));
        return list;
    }

    private static IEnumerable<object?> Elements(ScriptDict counter)
    {
        foreach (var (key, value) in counter)
        {
            for (var i = Numbers.ToIndex(value); i > 0; i--)
                yield return key;
        }
    }

    private static object? MoveToEnd(ScriptDict dict, object? key, bool last)
    {
        if (!dict.TryGetValue(key, out var value))
            throw new ScriptException(ExceptionTypes.KeyError, key);
        dict.Remove(key);
        if (last)
        {
            dict.Set(key, value);
            return null;
        }

        var rest = dict.ToList();
        dict.Clear();
        dict.Set(key, value);
        foreach (var (k, v) in rest)
            dict.Set(k, v);
        return null;
    }

    /// <summary>What stands around a dict of a special kind in its repr.</summary>
    public static (string Start, string End) Wrapping(ScriptDict dict)
    {
        if (dict.Kind is not { } kind)
            return ("", "");
        if (kind.Type == DefaultDict)
            return ($"defaultdict({Representation.Of(kind.Factory)}, ", ")");
        return ($"{kind.Type.Name}(", ")");
    }

    /// <summary>A counter shows the most frequent first.</summary>
    public static IEnumerable<KeyValuePair<object?, object?>> ReprOrder(ScriptDict dict)
    {
        if (dict.Kind?.Type != Counter || Machine.Current is not { } machine)
            return dict;
        return MostCommon(machine, dict, null).Select(t => new KeyValuePair<object?, object?>(((ScriptTuple)t!)[0], ((ScriptTuple)t)[1]));
    }
}
