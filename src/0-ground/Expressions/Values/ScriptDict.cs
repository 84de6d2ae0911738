using System.Collections;

namespace Postern.Expressions;

/// <summary>A dict of a script, in insertion order; the host may hold one and hand it to many evaluations in turn.</summary>
public sealed class ScriptDict : IEnumerable<KeyValuePair<object?, object?>>
{
    public ScriptDict() => Table = new KeyTable();

    internal ScriptDict(KeyTable table) => Table = table;

    /// <summary>Copies a dictionary whose values are of any kind <see cref="ScriptValue.From"/> knows.</summary>
    public ScriptDict(IEnumerable<KeyValuePair<string, object?>> values)
        : this()
    {
        foreach (var (key, value) in values)
            Table.Set(key, ScriptValue.From(value));
    }

    internal KeyTable Table { get; private set; }

    /// <summary>Null for a plain dict; else what kind of dict of the collections module it is.</summary>
    internal DictKind? Kind { get; init; }

    public int Count => Table.Count;

    /// <summary>Reads a value (null when absent) or sets one, converting it as <see cref="ScriptValue.From"/> does.</summary>
    public object? this[string key]
    {
        get => TryGetValue(key, out var value) ? value : null;
        set => Table.Set(key, ScriptValue.From(value));
    }

    public bool ContainsKey(object? key) => Table.Find(key) >= 0;

    public bool TryGetValue(object? key, out object? value)
    {
        var index = Table.Find(key);
        value = index >= 0 ? Table.ValueAt(index) : null;
        return index >= 0;
    }

    /// <summary>Sets a value under any key that can be hashed, converting both as <see cref="ScriptValue.From"/> does.</summary>
    public void Set(object? key, object? value) => Table.Set(ScriptValue.From(key), ScriptValue.From(value));

    public bool Remove(object? key) => Table.Remove(key, out _);

    internal void Clear() => Table.Clear();

    internal ScriptDict Copy() => new(Table.Copy()) { Kind = Kind };

    /// <summary>Adds all of another dict, in its order.</summary>
    internal void Merge(ScriptDict other)
    {
        for (var i = 0; i < other.Table.End; i++)
        {
            Machine.Tick();
            if (other.Table.TryEntry(i, out var key, out var value))
                Table.Set(key, value);
        }
    }

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        for (var i = 0; i < Table.End; i++)
        {
            if (Table.TryEntry(i, out var key, out var value))
                yield return new(key, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Representation.Of(this);
}

/// <summary>A dict type of the collections module, with the factory of a defaultdict.</summary>
internal sealed record DictKind(ScriptType Type, object? Factory = null);
