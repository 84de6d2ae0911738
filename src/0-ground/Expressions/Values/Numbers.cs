using System.Numerics;

namespace Postern.Expressions;

/// <summary>Integers are <see cref="long"/> where they fit and <see cref="BigInteger"/> beyond; this keeps them so.</summary>
internal static class Numbers
{
    /// <summary>The most bits an integer may have; a script has no use for more and the cost grows with the square.</summary>
    public const long MaxBits = 1 << 18;

    public static object Normalise(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Boxed.Int((long)value) : Bounded(value);

    private static BigInteger Bounded(BigInteger value)
    {
        RequireBits(value.GetBitLength());
        Machine.Charge(value.GetByteCount());
        return value;
    }

    /// <summary>Refuses an integer of so many bits before it is computed.</summary>
    public static void RequireBits(long bits)
    {
        if (bits > MaxBits)
            throw new BudgetException(BudgetKind.Memory, $"an integer may have at most {MaxBits} bits");
    }

    public static bool IsInteger(object? value) => value is long or bool or BigInteger;

    public static bool TryBig(object? value, out BigInteger big)
    {
        switch (value)
        {
            case long l: big = l; return true;
            case bool b: big = b ? 1 : 0; return true;
            case BigInteger i: big = i; return true;
            default: big = default; return false;
        }
    }

    public static bool TryLong(object? value, out long number)
    {
        switch (value)
        {
            case long l: number = l; return true;
            case bool b: number = b ? 1 : 0; return true;
            default: number = 0; return false;
        }
    }

    /// <summary>A value used as an index; integers too large saturate.</summary>
    public static long ToIndex(object? value, string? error = null) => value switch
    {
        long l => l,
        bool b => b ? 1 : 0,
        BigInteger i => i.Sign < 0 ? long.MinValue / 2 : long.MaxValue / 2,
        _ => throw new ScriptException(
            ExceptionTypes.TypeError, error ?? $"'{Types.NameOf(value)}' object cannot be interpreted as an integer"),
    };

    /// <summary>An integer argument that must fit a machine word.</summary>
    public static int ToInt(object? value)
    {
        var index = value is BigInteger
            ? throw new ScriptException(ExceptionTypes.OverflowError, "Python int too large to convert to C ssize_t")
            : ToIndex(value);
        return (int)Math.Clamp(index, int.MinValue, int.MaxValue);
    }

    public static bool TryDouble(object? value, out double number)
    {
        switch (value)
        {
            case double d: number = d; return true;
            case long l: number = l; return true;
            case bool b: number = b ? 1 : 0; return true;
            case BigInteger i: number = BigToDouble(i); return true;
            default: number = 0; return false;
        }
    }

    public static double ToDouble(object? value) => TryDouble(value, out var number)
        ? number
        : throw new ScriptException(ExceptionTypes.TypeError, $"must be real number, not {Types.NameOf(value)}");

    private static double BigToDouble(BigInteger value)
    {
        var number = (double)value;
        return double.IsInfinity(number) ? throw new ScriptException(ExceptionTypes.OverflowError, "int too large to convert to float") : number;
    }

    public static object FromDouble(double value)
    {
        if (double.IsNaN(value))
            throw new ScriptException(ExceptionTypes.ValueError, "cannot convert float NaN to integer");
        if (double.IsInfinity(value))
            throw new ScriptException(ExceptionTypes.OverflowError, "cannot convert float infinity to integer");
        return Math.Abs(value) < 9e18 ? Boxed.Int((long)value) : Normalise(new BigInteger(value));
    }
}
