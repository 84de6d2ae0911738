namespace Postern.Expressions;

/// <summary>A range of integers, computed and never stored.</summary>
internal sealed class RangeValue(long start, long stop, long step)
{
    public long Start { get; } = start;

    public long Stop { get; } = stop;

    public long Step { get; } = step;

    public long Count { get; } = Length(start, stop, step);

    public long this[long index] => Start + (index * Step);

    private static long Length(long start, long stop, long step)
    {
        if (step > 0 ? start >= stop : start <= stop)
            return 0;
        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var width = step > 0 ? (Int128)step : -(Int128)step;
        return (long)Int128.Min((distance + width - 1) / width, long.MaxValue);
    }

    public bool Contains(long value)
    {
        if (Step > 0 ? value < Start || value >= Stop : value > Start || value <= Stop)
            return false;
        return ((Int128)value - Start) % Step == 0;
    }
}

/// <summary>The parts of `a[lower:upper:step]`.</summary>
internal sealed record SliceValue(object? Lower, object? Upper, object? Step)
{
    /// <summary>Resolves against a length, as Python's slice.indices does.</summary>
    public (int Start, int Count, int Step) Resolve(int length)
    {
        var step = Step is null ? 1 : Clamp(Numbers.ToIndex(Step, SliceError));
        if (step == 0)
            throw new ScriptException(ExceptionTypes.ValueError, "slice step cannot be zero");
        var start = Bound(Lower, step > 0 ? 0 : length - 1, length, step);
        var stop = Bound(Upper, step > 0 ? length : -1, length, step);
        var count = step > 0
            ? Math.Max(0, (stop - (long)start + step - 1) / step)
            : Math.Max(0, ((long)start - stop - step - 1) / -(long)step);
        return (start, (int)count, step);
    }

    private const string SliceError = "slice indices must be integers or None or have an __index__ method";

    private static int Clamp(long value) => (int)Math.Clamp(value, -int.MaxValue, int.MaxValue);

    private static int Bound(object? value, int missing, int length, int step)
    {
        if (value is null)
            return missing;
        var index = Numbers.ToIndex(value, SliceError);
        if (index < 0)
            index = Math.Max(index + length, step > 0 ? 0 : -1);
        return (int)Math.Min(index, step > 0 ? length : length - 1);
    }
}
