using System.Collections;

namespace Postern.Expressions;

/// <summary>A set or frozenset of a script; it iterates in insertion order.</summary>
public sealed class ScriptSet : IEnumerable<object?>
{
    public ScriptSet() => Table = new KeyTable();

    internal ScriptSet(KeyTable table, bool isFrozen)
    {
        Table = table;
        IsFrozen = isFrozen;
    }

    internal KeyTable Table { get; }

    public bool IsFrozen { get; }

    public int Count => Table.Count;

    public bool Contains(object? item) => Table.Find(item) >= 0;

    internal bool Add(object? item) => Table.Set(item, null);

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Table.End; i++)
        {
            if (Table.TryEntry(i, out var key, out _))
                yield return key;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Representation.Of(this);
}
