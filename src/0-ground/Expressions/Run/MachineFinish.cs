namespace Postern.Expressions;

internal sealed partial class Machine
{
    /// <summary>Prepares the value for the host: iterators become lists, and the size is measured.</summary>
    private object? Finish(object? value)
    {
        if (value is ScriptIterator)
            value = Iteration.ToList(value);
        Measure(value, 0, 0);
        return value;
    }

    private long Measure(object? value, long size, int level)
    {
        if (level > 100)
            throw new ScriptException(ExceptionTypes.ValueError, "the value is nested too deeply or contains itself");
        Spend(1);
        size += value switch
        {
            string s => 2L * s.Length,
            ScriptBytes b => b.Count,
            System.Numerics.BigInteger i => i.GetByteCount(),
            _ => 8,
        };
        if (size > budget.OutputBytes)
            throw new BudgetException(BudgetKind.Output, $"the value is larger than {budget.OutputBytes} bytes");
        return value switch
        {
            ScriptDict dict => Measure(dict.Table, withValues: true, size, level + 1),
            ScriptList list => Measure(list.Span, size, level + 1),
            ScriptTuple tuple => Measure(tuple.Items, size, level + 1),
            ScriptSet set => Measure(set.Table, withValues: false, size, level + 1),
            _ => size,
        };
    }

    private long Measure(ReadOnlySpan<object?> items, long size, int level)
    {
        foreach (var item in items)
            size = Measure(item, size, level);
        return size;
    }

    private long Measure(KeyTable table, bool withValues, long size, int level)
    {
        for (var i = 0; i < table.End; i++)
        {
            if (!table.TryEntry(i, out var key, out var value))
                continue;
            size = Measure(key, size, level);
            if (withValues)
                size = Measure(value, size, level);
        }

        return size;
    }
}
