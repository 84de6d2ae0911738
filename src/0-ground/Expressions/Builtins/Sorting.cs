namespace Postern.Expressions;

/// <summary>Stable sorting with a key, by merging: comparisons may run script code, so the list is not touched meanwhile.</summary>
internal static class Sorting
{
    public static void Sort(Machine machine, ScriptList list, object? key, bool reverse)
    {
        var items = list.ToArray();
        var keys = items;
        if (key is not null)
        {
            keys = new object?[items.Length];
            for (var i = 0; i < items.Length; i++)
                keys[i] = machine.Invoke(key, [items[i]], null);
        }

        Machine.Charge(16L * items.Length);
        var order = new int[items.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        // A reversed sort keeps the order of equal items, as two reversals around a plain one do.
        Merge(keys, order, new int[order.Length], 0, order.Length, reverse);
        for (var i = 0; i < order.Length; i++)
            list[i] = items[order[i]];
    }

    private static void Merge(object?[] keys, int[] order, int[] spare, int from, int to, bool reverse)
    {
        if (to - from < 2)
            return;
        var middle = (from + to) / 2;
        Merge(keys, order, spare, from, middle, reverse);
        Merge(keys, order, spare, middle, to, reverse);
        if (!Before(keys, order[middle], order[middle - 1], reverse))
            return;
        order.AsSpan(from, to - from).CopyTo(spare.AsSpan(from));
        int left = from, right = middle;
        for (var i = from; i < to; i++)
        {
            var takeRight = left >= middle || (right < to && Before(keys, spare[right], spare[left], reverse));
            order[i] = takeRight ? spare[right++] : spare[left++];
        }
    }

    private static bool Before(object?[] keys, int a, int b, bool reverse)
    {
        Machine.Tick();
        return reverse ? Order.Compare(CompareOperator.Less, keys[b], keys[a]) : Order.Compare(CompareOperator.Less, keys[a], keys[b]);
    }
}
