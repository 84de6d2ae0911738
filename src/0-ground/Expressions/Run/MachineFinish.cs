namespace Postern.Expressions;

internal sealed partial class Machine
{
    /// <summary>Prepares the value for the host: iterators become lists, and the size is measured.</summary>
    public object? Finish(object? value)
    {
        var previous = EnterThread();
        try
        {
            if (value is ScriptIterator)
                value = Iteration.ToList(value);
            Measure(value, 0, 0);
            return value;
        }
        finally
        {
            LeaveThread(previous);
        }
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
        switch (value)
        {
            case ScriptDict dict:
                foreach (var (key, item) in dict)
                    size = Measure(item, Measure(key, size, level + 1), level + 1);
                break;
            case ScriptTuple tuple:
                foreach (var item in tuple.Items)
                    size = Measure(item, size, level + 1);
                break;
            case ScriptList or ScriptSet:
                foreach (var item in (IEnumerable<object?>)value)
                    size = Measure(item, size, level + 1);
                break;
        }

        return size;
    }
}
