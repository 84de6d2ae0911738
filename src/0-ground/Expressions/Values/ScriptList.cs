using System.Collections;

namespace Postern.Expressions;

/// <summary>A list of a script; None items are null.</summary>
public sealed class ScriptList : IEnumerable<object?>
{
    private object?[] items;
    private int count;

    public ScriptList() => items = [];

    private ScriptList(object?[] items, int count) => (this.items, this.count) = (items, count);

    /// <summary>Takes over an array of script values.</summary>
    internal static ScriptList Own(object?[] items) => new(items, items.Length);

    internal ScriptList(int capacity) => items = capacity == 0 ? [] : new object?[capacity];

    /// <summary>Copies values of any kind <see cref="ScriptValue.From"/> knows.</summary>
    public ScriptList(IEnumerable<object?> values)
    {
        items = [];
        foreach (var value in values)
            Add(value);
    }

    public int Count => count;

    public object? this[int index]
    {
        get => (uint)index < (uint)count ? items[index] : throw new ArgumentOutOfRangeException(nameof(index));
        set => items[(uint)index < (uint)count ? index : throw new ArgumentOutOfRangeException(nameof(index))] = ScriptValue.From(value);
    }

    internal Span<object?> Span => items.AsSpan(0, count);

    /// <summary>Appends a value, converting it as <see cref="ScriptValue.From"/> does.</summary>
    public void Add(object? value) => Append(ScriptValue.From(value));

    /// <summary>Appends a value of the script.</summary>
    internal void Append(object? value)
    {
        if (count == items.Length)
            Grow(count + 1);
        items[count++] = value;
    }

    internal void AddRange(ReadOnlySpan<object?> values)
    {
        if (count + values.Length > items.Length)
            Grow(count + values.Length);
        // The source may be this list: the new array, if any, already holds the same items.
        values.CopyTo(items.AsSpan(count));
        count += values.Length;
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, Math.Max(4, count + (count >> 1)));
        Machine.Charge(8L * size);
        System.Array.Resize(ref items, size);
    }

    internal void Insert(int index, object? value)
    {
        if (count == items.Length)
            Grow(count + 1);
        System.Array.Copy(items, index, items, index + 1, count - index);
        items[index] = value;
        count++;
    }

    internal void RemoveRange(int index, int length)
    {
        System.Array.Copy(items, index + length, items, index, count - index - length);
        System.Array.Clear(items, count - length, length);
        count -= length;
    }

    internal void ReplaceRange(int index, int length, ReadOnlySpan<object?> with)
    {
        var source = with.ToArray();
        var tail = Span[(index + length)..].ToArray();
        RemoveRange(index, count - index);
        AddRange(source);
        AddRange(tail);
    }

    internal void Clear()
    {
        items = [];
        count = 0;
    }

    internal object?[] ToArray() => Span.ToArray();

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
            yield return items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Representation.Of(this);
}
