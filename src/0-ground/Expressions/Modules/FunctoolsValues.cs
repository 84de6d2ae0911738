namespace Postern.Expressions;

/// <summary>functools.partial.</summary>
internal sealed class PartialValue(object? function, object?[] arguments, ScriptDict keywords) : NativeObject
{
    private static readonly ScriptType PartialType = new ScriptType("partial") { Module = "functools" };

    protected internal override ScriptType Type => PartialType;

    protected internal override bool IsCallable => true;

    protected internal override object? Call(HostCall call)
    {
        var named = keywords.Copy();
        foreach (var (key, value) in call.Keywords)
            named.Set(key, value);
        object?[] all = [.. arguments, .. call.Arguments, .. named.Select(p => p.Value)];
        return Machine.Current!.Invoke(function, all, named.Count == 0 ? null : named.Select(p => (string)p.Key!).ToArray());
    }
}

/// <summary>A key of functools.cmp_to_key.</summary>
internal sealed class ComparedKey(Machine machine, object? compare, object? value) : NativeObject
{
    private static readonly ScriptType KeyType = new ScriptType("KeyWrapper") { Module = "functools" };

    private object? Value { get; } = value;

    protected internal override ScriptType Type => KeyType;

    protected internal override int? CompareTo(object? other) => other is ComparedKey key
        ? Math.Sign(NumberOrder.Compare(machine.Invoke(compare, [Value, key.Value], null) ?? 0L, 0L) ?? 0)
        : null;

    protected internal override bool IsEqualTo(object? other) => CompareTo(other) == 0;

    protected internal override int HashOf() => throw TypeTable.TypeError("unhashable type: 'functools.KeyWrapper'");
}

/// <summary>functools.cache and lru_cache: results by positional arguments, for the evaluation.</summary>
internal sealed class CachedFunction(object? function) : NativeObject
{
    private static readonly ScriptType CacheType = new ScriptType("_lru_cache_wrapper") { Module = "functools" }
        .Method("cache_clear", "", (_, a) => ((CachedFunction)a[0]!).Clear());

    private readonly ScriptDict results = new();

    protected internal override ScriptType Type => CacheType;

    protected internal override bool IsCallable => true;

    protected internal override object? Call(HostCall call)
    {
        if (call.Keywords.Any())
            return Machine.Current!.Invoke(function, [.. call.Arguments, .. call.Keywords.Select(k => k.Value)], call.Keywords.Select(k => k.Key).ToArray());
        var key = new ScriptTuple(call.Arguments.ToArray());
        if (results.TryGetValue(key, out var known))
            return known;
        var value = Machine.Current!.Invoke(function, call.Arguments, null);
        results.Set(key, value);
        return value;
    }

    private object? Clear()
    {
        results.Clear();
        return null;
    }
}
