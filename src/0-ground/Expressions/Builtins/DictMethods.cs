namespace Postern.Expressions;

/// <summary>Constructor and methods of dict, for dicts of the script and live ones of the host.</summary>
internal static class DictMethods
{
    private static ScriptDict Self(ReadOnlySpan<object?> a) => (ScriptDict)a[0]!;

    public static void Declare() => Types.Dict
        .New("mapping=?, /, **values", (_, a) => Update(new ScriptDict(), a[0], (ScriptDict)a[1]!))
        .Method("get", "key, default=None, /", (_, a) => Self(a).TryGetValue(a[1], out var value) ? value : a[2])
        .Method("keys", "", (_, a) => new DictView(Self(a), DictView.Keys, null))
        .Method("values", "", (_, a) => new DictView(Self(a), DictView.Values, static (_, value) => value))
        .Method("items", "", (_, a) => new DictView(Self(a), DictView.ItemsType, static (key, value) => new ScriptTuple(key, value)))
        .Method("pop", "key, default=?, /", (_, a) => Pop(Self(a), a[1], a[2]))
        .Method("popitem", "", (_, a) => PopItem(Self(a)))
        .Method("setdefault", "key, default=None, /", (_, a) => SetDefault(Self(a), a[1], a[2]))
        .Method("update", "mapping=?, /, **values", (_, a) => UpdateMethod(Self(a), a[1], (ScriptDict)a[2]!))
        .Method("clear", "", (_, a) => Clear(Self(a)))
        .Method("copy", "", (_, a) => Self(a).Copy())
        .Static("fromkeys", "iterable, value=None, /", (_, a) => FromKeys(a[0], a[1]));

    private static object? Pop(ScriptDict dict, object? key, object? fallback)
    {
        if (dict.Table.Remove(key, out var value))
            return value;
        return fallback is Unbound ? throw new ScriptException(ExceptionTypes.KeyError, key) : fallback;
    }

    public static ScriptTuple PopItem(ScriptDict dict, bool last = true)
    {
        var index = last ? dict.Table.LastIndex() : dict.Table.FirstIndex();
        if (index < 0)
            throw new ScriptException(ExceptionTypes.KeyError, "popitem(): dictionary is empty");
        var item = new ScriptTuple(dict.Table.KeyAt(index), dict.Table.ValueAt(index));
        dict.Remove(item[0]);
        return item;
    }

    private static object? SetDefault(ScriptDict dict, object? key, object? fallback)
    {
        if (dict.TryGetValue(key, out var value))
            return value;
        dict.Set(key, fallback);
        return fallback;
    }

    private static object? UpdateMethod(ScriptDict dict, object? source, ScriptDict named)
    {
        if (dict.Kind?.Type == CollectionsLibrary.Counter)
            CollectionsLibrary.Count(dict, source is Unbound ? null : source, named, 1);
        else
            Update(dict, source, named);
        return null;
    }

    public static ScriptDict Update(ScriptDict dict, object? source, ScriptDict named)
    {
        switch (source)
        {
            case Unbound:
                break;
            case ScriptDict other:
                dict.Merge(other);
                break;
            case LiveDictionary live:
                dict.Merge(live.Copy());
                break;
            default:
                AddPairs(dict, source);
                break;
        }

        dict.Merge(named);
        return dict;
    }

    private static void AddPairs(ScriptDict dict, object? source)
    {
        var place = 0;
        foreach (var item in Iteration.Walk(source))
        {
            if (item is not (ScriptTuple or ScriptList or string or ScriptIterator or ScriptSet or HostObject or ScriptBytes))
                throw TypeTable.TypeError($"cannot convert dictionary update sequence element #{place} to a sequence");
            var pair = Iteration.ToArray(item);
            if (pair.Length != 2)
                throw TypeTable.ValueError($"dictionary update sequence element #{place} has length {pair.Length}; 2 is required");
            dict.Set(pair[0], pair[1]);
            place++;
        }
    }

    private static object? Clear(ScriptDict dict)
    {
        dict.Clear();
        return null;
    }

    private static ScriptDict FromKeys(object? keys, object? value)
    {
        var dict = new ScriptDict();
        foreach (var key in Iteration.Walk(keys))
            dict.Set(key, value);
        return dict;
    }

    /// <summary>What `d[key]` gives for a key that is not there.</summary>
    public static object? Absent(ScriptDict dict, object? key)
    {
        if (dict.Kind is { } kind)
        {
            if (kind.Type == CollectionsLibrary.Counter)
                return Boxed.Int(0);
            if (kind.Factory is not null)
            {
                var value = Machine.Current!.Invoke(kind.Factory, [], null);
                dict.Set(key, value);
                return value;
            }
        }

        throw new ScriptException(ExceptionTypes.KeyError, key);
    }

    /// <summary>A dict method of a live dictionary; null when there is none of that name.</summary>
    public static HostFunction? Live(LiveDictionary live, string name) => name switch
    {
        "get" => new HostFunction(name, call => live.TryGetItem(call.Require(0, "key"), out var value) ? value : call.Get(1, "default")),
        "keys" or "values" or "items" => new HostFunction(name, _ => Machine.Current!.Invoke(Attributes.Get(live.Copy(), name), [], null)),
        "copy" => new HostFunction(name, _ => live.Copy()),
        "pop" => new HostFunction(name, call => LivePop(live, call)),
        "setdefault" => new HostFunction(name, call => LiveDefault(live, call)),
        "update" => new HostFunction(name, call => LiveUpdate(live, call)),
        "clear" => new HostFunction(name, _ => LiveClear(live)),
        _ => null,
    };

    private static object? LivePop(LiveDictionary live, HostCall call)
    {
        var key = call.Require(0, "key");
        if (live.TryGetItem(key, out var value))
        {
            live.TryDeleteItem(key);
            return value;
        }

        return call.TryGet(1, "default", out var fallback) ? fallback : throw new ScriptException(ExceptionTypes.KeyError, key);
    }

    private static object? LiveDefault(LiveDictionary live, HostCall call)
    {
        var key = call.Require(0, "key");
        if (!live.TryGetItem(key, out _))
            live.TrySetItem(key, call.Get(1, "default"));
        live.TryGetItem(key, out var value);
        return value;
    }

    private static object? LiveUpdate(LiveDictionary live, HostCall call)
    {
        var named = new ScriptDict();
        foreach (var (key, value) in call.Keywords)
            named.Set(key, value);
        foreach (var (key, value) in Update(new ScriptDict(), call.Count > 0 ? call[0] : Unbound.Value, named))
            live.TrySetItem(key, value);
        return null;
    }

    private static object? LiveClear(LiveDictionary live)
    {
        live.Content.Clear();
        return null;
    }
}
