namespace Postern.Expressions;

/// <summary>collections.deque.</summary>
internal sealed class DequeValue(int? maxLength) : HostObject
{
    public static readonly ScriptType DequeType = Declare();

    private readonly ScriptList items = new();

    public override string TypeName => "deque";

    protected internal override ScriptType Type => DequeType;

    protected internal override int? Length => items.Count;

    protected internal override bool HasItems => true;

    protected internal override IEnumerable<object?> Iterate() => items;

    protected internal override bool TryGetAttribute(string name, out object? value) => NativeObject.TryGetMember(this, DequeType, name, out value);

    protected internal override bool TryGetItem(object? key, out object? value)
    {
        value = items[Place(key)];
        return true;
    }

    protected internal override bool TrySetItem(object? key, object? value)
    {
        items[Place(key)] = value;
        return true;
    }

    private int Place(object? key)
    {
        var index = Numbers.ToIndex(key, $"sequence index must be integer, not '{Types.NameOf(key)}'");
        if (index < 0)
            index += items.Count;
        return index >= 0 && index < items.Count ? (int)index : throw new ScriptException(ExceptionTypes.IndexError, "deque index out of range");
    }

    protected internal override bool IsEqualTo(object? other) => other is DequeValue deque && Equality.AreEqual(items, deque.items);

    protected internal override int HashOf() => throw TypeTable.TypeError("unhashable type: 'collections.deque'");

    protected internal override string Represent() => $"deque({Representation.Of(items)}{(maxLength is null ? "" : $", maxlen={maxLength}")})";

    private static ScriptType Declare() => new ScriptType("deque") { Module = "collections" }
        .New("iterable=?, maxlen=None", (_, a) => Make(a))
        .Method("append", "x, /", (_, a) => Self(a).Add(a[1]))
        .Method("appendleft", "x, /", (_, a) => Self(a).AddFirst(a[1]))
        .Method("extend", "iterable, /", (_, a) => Self(a).AddAll(a[1], first: false))
        .Method("extendleft", "iterable, /", (_, a) => Self(a).AddAll(a[1], first: true))
        .Method("pop", "", (_, a) => Self(a).Take(last: true))
        .Method("popleft", "", (_, a) => Self(a).Take(last: false))
        .Method("clear", "", (_, a) => Self(a).Clear())
        .Method("rotate", "n=1, /", (_, a) => Self(a).Rotate(Numbers.ToIndex(a[1])))
        .Method("reverse", "", (_, a) => Self(a).Reverse())
        .Method("count", "value, /", (_, a) => ListMethods.Count(Self(a).items.Span, a[1]))
        .Method("copy", "", (_, a) => Self(a).Copy())
        .Getter("maxlen", d => ((DequeValue)d).MaxLength is { } n ? Boxed.Int(n) : null);

    private int? MaxLength => maxLength;

    private static DequeValue Self(ReadOnlySpan<object?> a) => (DequeValue)a[0]!;

    private static DequeValue Make(ReadOnlySpan<object?> a)
    {
        var deque = new DequeValue(a[1] is null ? null : Numbers.ToInt(a[1]));
        if (a[0] is not Unbound)
            deque.AddAll(a[0], first: false);
        return deque;
    }

    private object? Add(object? value)
    {
        items.Add(value);
        if (items.Count > maxLength)
            items.RemoveRange(0, 1);
        return null;
    }

    private object? AddFirst(object? value)
    {
        items.Insert(0, value);
        if (items.Count > maxLength)
            items.RemoveRange(items.Count - 1, 1);
        return null;
    }

    private object? AddAll(object? values, bool first)
    {
        foreach (var value in Iteration.ToArray(values))
        {
            if (first)
                AddFirst(value);
            else
                Add(value);
        }

        return null;
    }

    private object? Take(bool last)
    {
        if (items.Count == 0)
            throw new ScriptException(ExceptionTypes.IndexError, "pop from an empty deque");
        var index = last ? items.Count - 1 : 0;
        var value = items[index];
        items.RemoveRange(index, 1);
        return value;
    }

    private object? Clear()
    {
        items.Clear();
        return null;
    }

    private object? Rotate(long steps)
    {
        if (items.Count == 0)
            return null;
        var shift = (int)(((steps % items.Count) + items.Count) % items.Count);
        var all = items.ToArray();
        for (var i = 0; i < all.Length; i++)
            items[(i + shift) % all.Length] = all[i];
        return null;
    }

    private object? Reverse()
    {
        items.Span.Reverse();
        return null;
    }

    private DequeValue Copy()
    {
        var copy = new DequeValue(maxLength);
        copy.AddAll(items, first: false);
        return copy;
    }
}
