namespace Postern.Expressions;

/// <summary>The combinatoric iterators of `itertools`.</summary>
internal static class Combinatorics
{
    public static SequenceIterator Product(object?[] iterables, int repeat)
    {
        Machine.Charge(64L * iterables.Length * Math.Max(0, repeat));
        var once = iterables.Select(Iteration.ToArray).ToArray();
        return Itertools.Lazy(Product(Enumerable.Repeat(once, Math.Max(0, repeat)).SelectMany(p => p).ToArray()));
    }

    private static IEnumerable<object?> Product(object?[][] pools)
    {
        if (pools.Any(p => p.Length == 0))
            yield break;
        var indexes = new int[pools.Length];
        while (true)
        {
            yield return new ScriptTuple(pools.Select((p, i) => p[indexes[i]]).ToArray());
            var at = pools.Length - 1;
            while (at >= 0 && ++indexes[at] == pools[at].Length)
                indexes[at--] = 0;
            if (at < 0)
                yield break;
        }
    }

    public static IEnumerable<object?> Permutations(object?[] pool, object? size)
    {
        var count = size is null ? pool.Length : Numbers.ToInt(size);
        if (count < 0)
            throw TypeTable.ValueError("r must be non-negative");
        return Permute(pool, count, [], new bool[pool.Length]);
    }

    private static IEnumerable<object?> Permute(object?[] pool, int count, object?[] chosen, bool[] used)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (chosen.Length == count)
        {
            yield return new ScriptTuple(chosen);
            yield break;
        }

        for (var i = 0; i < pool.Length && chosen.Length < count; i++)
        {
            Machine.Tick();
            if (used[i])
                continue;
            used[i] = true;
            foreach (var result in Permute(pool, count, [.. chosen, pool[i]], used))
                yield return result;
            used[i] = false;
        }
    }

    public static IEnumerable<object?> Combinations(object?[] pool, int count, bool repeat)
    {
        if (count < 0)
            throw TypeTable.ValueError("r must be non-negative");
        if (count > (repeat ? pool.Length > 0 ? int.MaxValue : 0 : pool.Length))
            yield break;
        Machine.Charge(8L * count);
        var indexes = Enumerable.Range(0, count).Select(i => repeat ? 0 : i).ToArray();
        while (true)
        {
            yield return new ScriptTuple(indexes.Select(i => pool[i]).ToArray());
            var at = count - 1;
            while (at >= 0 && indexes[at] == (repeat ? pool.Length - 1 : pool.Length - count + at))
                at--;
            if (at < 0)
                yield break;
            indexes[at]++;
            for (var i = at + 1; i < count; i++)
                indexes[i] = repeat ? indexes[at] : indexes[i - 1] + 1;
        }
    }
}
