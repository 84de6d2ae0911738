using System.Numerics;

namespace Postern.Expressions;

/// <summary>Exact order between integers and floats, as Python compares them.</summary>
internal static class NumberOrder
{
    /// <summary>Negative, zero or positive; null when a NaN takes part.</summary>
    public static int? Compare(object a, object b)
    {
        if (a is long x && b is long y)
            return x.CompareTo(y);
        if (a is double d && b is double e)
            return double.IsNaN(d) || double.IsNaN(e) ? null : d.CompareTo(e);
        if (a is double left)
            return CompareExact(left, b);
        if (b is double right)
            return -CompareExact(right, a);
        Numbers.TryBig(a, out var i);
        Numbers.TryBig(b, out var j);
        return i.CompareTo(j);
    }

    private static int? CompareExact(double number, object integer)
    {
        if (double.IsNaN(number))
            return null;
        if (double.IsInfinity(number))
            return number > 0 ? 1 : -1;
        Numbers.TryBig(integer, out var other);
        var floor = Math.Floor(number);
        var order = new BigInteger(floor).CompareTo(other);
        return order == 0 && number > floor ? 1 : order;
    }
}
