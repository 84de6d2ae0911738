namespace Postern.Expressions;

/// <summary>A tuple of a script; None items are null.</summary>
public sealed class ScriptTuple
{
    public static readonly ScriptTuple Empty = new([]);

    private readonly object?[] items;

    /// <summary>Wraps items that are script values already; the array belongs to the tuple afterwards.</summary>
    public ScriptTuple(params object?[] items) => this.items = items;

    internal ScriptTuple(object?[] items, NamedTupleType type)
    {
        this.items = items;
        Named = type;
    }

    /// <summary>The field names, when the tuple was made by a namedtuple.</summary>
    internal NamedTupleType? Named { get; }

    public int Count => items.Length;

    public object? this[int index] => items[index];

    public ReadOnlySpan<object?> Items => items;

    internal object?[] Array => items;

    public override string ToString() => Representation.Of(this);
}
