namespace Postern.Expressions;

/// <summary>A hash table in insertion order over script keys; the store of dicts and sets.</summary>
internal sealed class KeyTable
{
    private struct Entry
    {
        public int Hash;
        public int Next;
        public bool Live;
        public object? Key;
        public object? Value;
    }

    private int[] buckets = [];
    private Entry[] entries = [];
    private int used;

    public KeyTable()
    {
    }

    /// <summary>A table with room for so many keys.</summary>
    public KeyTable(int capacity)
    {
        if (capacity > 0)
            Resize(capacity);
    }

    public int Count { get; private set; }

    /// <summary>Grows with every change of the set of keys; an iteration compares it.</summary>
    public int Version { get; private set; }

    /// <summary>One past the last entry; entries before it may be dead.</summary>
    public int End => used;

    public bool TryEntry(int index, out object? key, out object? value)
    {
        ref var entry = ref entries[index];
        (key, value) = (entry.Key, entry.Value);
        return entry.Live;
    }

    public int Find(object? key)
    {
        if (Count == 0)
            return CheckHash(key);
        return key is string text ? Find(text, Equality.Hash(text)) : Find(key, Equality.Hash(key));
    }

    /// <summary>Finds a string by its hash, which the caller may know already.</summary>
    public int Find(string key, int hash)
    {
        if (Count == 0)
            return -1;
        for (var i = buckets[hash & (buckets.Length - 1)] - 1; i >= 0; i = entries[i].Next)
        {
            ref var entry = ref entries[i];
            if (entry.Hash == hash && (entry.Key is string text ? string.Equals(text, key, StringComparison.Ordinal) : Equality.AreEqual(entry.Key, key)))
                return i;
        }

        return -1;
    }

    // Even an empty table refuses a key that cannot be hashed.
    private static int CheckHash(object? key)
    {
        if (key is not string)
            Equality.Hash(key);
        return -1;
    }

    private int Find(object? key, int hash)
    {
        if (buckets.Length == 0)
            return -1;
        for (var i = buckets[hash & (buckets.Length - 1)] - 1; i >= 0; i = entries[i].Next)
        {
            ref var entry = ref entries[i];
            if (entry.Hash == hash && (ReferenceEquals(entry.Key, key) || Equality.AreEqual(entry.Key, key)))
                return i;
        }

        return -1;
    }

    public object? ValueAt(int index) => entries[index].Value;

    public object? KeyAt(int index) => entries[index].Key;

    /// <summary>Sets a key's value; true when the key is new.</summary>
    public bool Set(object? key, object? value)
    {
        var hash = Equality.Hash(key);
        var index = key is string text ? Find(text, hash) : Find(key, hash);
        if (index >= 0)
        {
            entries[index].Value = value;
            return false;
        }

        if (used == entries.Length)
            Grow();
        ref var bucket = ref buckets[hash & (buckets.Length - 1)];
        entries[used] = new Entry { Hash = hash, Next = bucket - 1, Live = true, Key = key, Value = value };
        bucket = ++used;
        Count++;
        Version++;
        return true;
    }

    public bool Remove(object? key, out object? value)
    {
        value = null;
        if (Count == 0)
            return CheckHash(key) >= 0;
        var hash = Equality.Hash(key);
        var index = Find(key, hash);
        if (index < 0)
            return false;
        value = entries[index].Value;
        Unlink(index, hash);
        return true;
    }

    private void Unlink(int index, int hash)
    {
        ref var bucket = ref buckets[hash & (buckets.Length - 1)];
        if (bucket - 1 == index)
            bucket = entries[index].Next + 1;
        else
        {
            var i = bucket - 1;
            while (entries[i].Next != index)
                i = entries[i].Next;
            entries[i].Next = entries[index].Next;
        }

        entries[index] = default;
        Count--;
        Version++;
        while (used > 0 && !entries[used - 1].Live)
            used--;
    }

    public int LastIndex()
    {
        for (var i = used - 1; i >= 0; i--)
        {
            if (entries[i].Live)
                return i;
        }

        return -1;
    }

    public int FirstIndex()
    {
        for (var i = 0; i < used; i++)
        {
            if (entries[i].Live)
                return i;
        }

        return -1;
    }

    public void Clear()
    {
        (buckets, entries, used, Count) = ([], [], 0, 0);
        Version++;
    }

    private void Grow()
    {
        // Dead entries are dropped first: a table that is filled and emptied in turn does not grow.
        Resize(Count < used / 2 ? entries.Length : Math.Max(4, entries.Length * 2));
    }

    private void Resize(int size)
    {
        Machine.Charge(40L * size);
        var old = entries;
        var oldUsed = used;
        entries = new Entry[size];
        buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size)];
        used = 0;
        for (var i = 0; i < oldUsed; i++)
        {
            if (!old[i].Live)
                continue;
            ref var bucket = ref buckets[old[i].Hash & (buckets.Length - 1)];
            entries[used] = old[i];
            entries[used].Next = bucket - 1;
            bucket = ++used;
        }
    }

    /// <summary>A copy of a table that never lost a key, with other values in its order.</summary>
    public KeyTable With(ReadOnlySpan<object?> values)
    {
        Machine.Charge(40L * used);
        var copy = new KeyTable { buckets = buckets.AsSpan().ToArray(), entries = entries.AsSpan(0, used).ToArray(), used = used, Count = Count, Version = Version };
        for (var i = 0; i < values.Length; i++)
            copy.entries[i].Value = values[i];
        return copy;
    }

    public KeyTable Copy()
    {
        var copy = new KeyTable();
        for (var i = 0; i < used; i++)
        {
            if (entries[i].Live)
                copy.Set(entries[i].Key, entries[i].Value);
        }

        return copy;
    }
}
