namespace Postern.Expressions;

/// <summary>A tuple of a script; None items are null.</summary>
public sealed class ScriptTuple
{
    public static readonly ScriptTuple Empty = new([]);

    private readonly object?[] items;

    /// <summary>Wraps values, converting them as <see cref="ScriptValue.From"/> does; the array belongs to the tuple afterwards.</summary>
    public ScriptTuple(params object?[] items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            // Strings and whole numbers of the right width need no look at the rest.
            if (items[i] is not (string or long or null))
                items[i] = ScriptValue.From(items[i]);
        }

        this.items = items;
    }

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
