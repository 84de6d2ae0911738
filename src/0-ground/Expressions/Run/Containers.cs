namespace Postern.Expressions;

/// <summary>Membership, unpacking and the merging of spread arguments.</summary>
internal static class Containers
{
    public static bool Contains(object? container, object? item)
    {
        switch (container)
        {
            case ScriptDict dict:
                return dict.ContainsKey(item);
            case string text:
                return item is string part
                    ? Text.Find(text, part, 0, text.Length) >= 0
                    : throw new ScriptException(ExceptionTypes.TypeError, $"'in <string>' requires string as left operand, not {Types.NameOf(item)}");
            case ScriptList list:
                return IndexOf(list, item, 0, int.MaxValue) >= 0;
            case ScriptTuple tuple:
                return Has(tuple.Items, item);
            case ScriptSet set:
                return set.Contains(item is ScriptSet { IsFrozen: false } inner ? new ScriptSet(inner.Table, isFrozen: true) : item);
            case RangeValue range when Numbers.TryLong(item, out var number):
                return range.Contains(number);
            case ScriptBytes bytes:
                return BytesMethods.Contains(bytes, item);
            case HostObject host:
                return HostContains(host, item);
            case RangeValue or ScriptIterator:
                return Search(container, item);
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"argument of type '{Types.NameOf(container)}' is not iterable");
        }
    }

    private static bool HostContains(HostObject host, object? item)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        if (host.Contains(item) is { } answer)
            return answer;
        if (host.Iterate() is null)
            throw new ScriptException(ExceptionTypes.TypeError, $"argument of type '{host.TypeName}' is not iterable");
        return Search(host, item);
    }

    private static bool Search(object container, object? item)
    {
        foreach (var candidate in Iteration.Walk(container))
        {
            if (Equality.AreEqual(candidate, item))
                return true;
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<object?> items, object? item)
    {
        foreach (var candidate in items)
        {
            Machine.Tick();
            if (ReferenceEquals(candidate, item) || Equality.AreEqual(candidate, item))
                return true;
        }

        return false;
    }

    public static int IndexOf(ScriptList list, object? item, int from, int to)
    {
        for (var i = from; i < list.Count && i < to; i++)
        {
            Machine.Tick();
            if (ReferenceEquals(list[i], item) || Equality.AreEqual(list[i], item))
                return i;
        }

        return -1;
    }

    public static void Unpack(object? value, Span<object?> into)
    {
        var items = Items(value, into.Length + 1);
        if (items.Length > into.Length)
            throw new ScriptException(ExceptionTypes.ValueError, $"too many values to unpack (expected {into.Length})");
        if (items.Length < into.Length)
            throw new ScriptException(ExceptionTypes.ValueError, $"not enough values to unpack (expected {into.Length}, got {items.Length})");
        // The first target is stored first, and so must be on top.
        for (var i = 0; i < items.Length; i++)
            into[into.Length - 1 - i] = items[i];
    }

    public static void UnpackStar(object? value, Span<object?> into, int before)
    {
        var items = Items(value, int.MaxValue);
        var after = into.Length - before - 1;
        if (items.Length < before + after)
        {
            throw new ScriptException(
                ExceptionTypes.ValueError, $"not enough values to unpack (expected at least {before + after}, got {items.Length})");
        }

        for (var i = 0; i < before; i++)
            into[into.Length - 1 - i] = items[i];
        into[after] = ScriptList.Own(items[before..^after]);
        for (var i = 0; i < after; i++)
            into[after - 1 - i] = items[items.Length - after + i];
    }

    private static object?[] Items(object? value, int most)
    {
        if (value is ScriptTuple tuple)
            return tuple.Array;
        if (value is not (ScriptList or string or ScriptDict or ScriptSet or RangeValue or ScriptIterator or ScriptBytes or HostObject))
            throw new ScriptException(ExceptionTypes.TypeError, $"cannot unpack non-iterable {Types.NameOf(value)} object");
        return value is ScriptList list ? list.ToArray() : Iteration.Walk(value).Take(most).ToArray();
    }

    public static void ExtendSpread(ScriptList list, object? value, string? callee)
    {
        if (value is not (ScriptList or ScriptTuple or string or ScriptDict or ScriptSet or RangeValue or ScriptIterator or ScriptBytes or HostObject))
        {
            var name = Types.NameOf(value);
            throw new ScriptException(
                ExceptionTypes.TypeError,
                callee is not null ? $"{callee} argument after * must be an iterable, not {name}" : $"Value after * must be an iterable, not {name}");
        }

        list.AddRange(Iteration.ToArray(value));
    }

    private static ScriptDict? AsDict(object? value) => value switch
    {
        ScriptDict dict => dict,
        LiveDictionary live => live.Copy(),
        _ => null,
    };

    public static void UpdateFromMapping(ScriptDict dict, object? value) => dict.Merge(
        AsDict(value) ?? throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(value)}' object is not a mapping"));

    public static void MergeKeywords(ScriptDict dict, object? value, string callee)
    {
        var source = AsDict(value)
            ?? throw new ScriptException(ExceptionTypes.TypeError, $"{callee} argument after ** must be a mapping, not {Types.NameOf(value)}");
        foreach (var (key, content) in source)
        {
            if (key is not string name)
                throw new ScriptException(ExceptionTypes.TypeError, "keywords must be strings");
            if (!dict.Table.Set(name, content))
                throw new ScriptException(ExceptionTypes.TypeError, $"{callee} got multiple values for keyword argument '{name}'");
        }
    }
}
