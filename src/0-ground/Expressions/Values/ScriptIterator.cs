namespace Postern.Expressions;

/// <summary>Anything that gives one value after another.</summary>
internal abstract class ScriptIterator
{
    public abstract ScriptType Type { get; }

    public abstract bool Next(Machine machine, out object? value);
}

/// <summary>An iterator over a .NET sequence, which builtins write as iterator methods.</summary>
internal sealed class SequenceIterator(ScriptType type, IEnumerable<object?> sequence) : ScriptIterator
{
    private readonly IEnumerator<object?> source = sequence.GetEnumerator();

    public override ScriptType Type => type;

    public override bool Next(Machine machine, out object? value)
    {
        Machine.Tick();
        var moved = source.MoveNext();
        value = moved ? source.Current : null;
        return moved;
    }
}

internal sealed class ListIterator(ScriptList list) : ScriptIterator
{
    private int next;

    public override ScriptType Type => IteratorTypes.List;

    public override bool Next(Machine machine, out object? value)
    {
        if (next < list.Count)
        {
            value = list[next++];
            return true;
        }

        // Exhausted for good, even if the list grows later.
        next = int.MaxValue;
        value = null;
        return false;
    }
}

internal sealed class ArrayIterator(ScriptType type, object?[] items) : ScriptIterator
{
    private int next;

    public override ScriptType Type => type;

    public override bool Next(Machine machine, out object? value)
    {
        var more = next < items.Length;
        value = more ? items[next++] : null;
        return more;
    }
}

internal sealed class RangeIterator(RangeValue range) : ScriptIterator
{
    private long next;

    public override ScriptType Type => IteratorTypes.Range;

    public override bool Next(Machine machine, out object? value)
    {
        var more = next < range.Count;
        value = more ? Boxed.Int(range[next++]) : null;
        return more;
    }
}

internal sealed class StringIterator(string text) : ScriptIterator
{
    private int next;

    public override ScriptType Type => IteratorTypes.Str;

    public override bool Next(Machine machine, out object? value)
    {
        value = null;
        if (next >= text.Length)
            return false;
        var width = Text.Width(text, next);
        value = width == 1 ? Text.Character(text[next]) : text.Substring(next, width);
        next += width;
        return true;
    }
}

/// <summary>Walks a dict's keys, values or items, or a set; a change of size in between is an error.</summary>
internal sealed class TableIterator(ScriptType type, KeyTable table, Func<object?, object?, object?>? select, string what) : ScriptIterator
{
    private readonly int count = table.Count;
    private int next;

    public override ScriptType Type => type;

    public override bool Next(Machine machine, out object? value)
    {
        value = null;
        if (next < 0)
            return false;
        if (table.Count != count)
        {
            next = -1;
            throw new ScriptException(ExceptionTypes.RuntimeError, $"{what} changed size during iteration");
        }

        while (next < table.End)
        {
            if (!table.TryEntry(next++, out var key, out var content))
                continue;
            value = select is null ? key : select(key, content);
            return true;
        }

        next = -1;
        return false;
    }
}

internal static class IteratorTypes
{
    public static readonly ScriptType List = new("list_iterator");
    public static readonly ScriptType Tuple = new("tuple_iterator");
    public static readonly ScriptType Range = new("range_iterator");
    public static readonly ScriptType Str = new("str_ascii_iterator");
    public static readonly ScriptType Bytes = new("bytes_iterator");
    public static readonly ScriptType DictKeys = new("dict_keyiterator");
    public static readonly ScriptType DictValues = new("dict_valueiterator");
    public static readonly ScriptType DictItems = new("dict_itemiterator");
    public static readonly ScriptType Set = new("set_iterator");
    public static readonly ScriptType Enumerate = new("enumerate");
    public static readonly ScriptType Zip = new("zip");
    public static readonly ScriptType Map = new("map");
    public static readonly ScriptType Filter = new("filter");
    public static readonly ScriptType Reversed = new("reversed");
    public static readonly ScriptType Other = new("iterator");
}
