using System.Numerics;

namespace Postern.Expressions;

/// <summary>Integer arithmetic with Python's rules: floor division, the sign of the divisor for the remainder, no overflow.</summary>
internal static class IntegerArithmetic
{
    public static object? Apply(BinaryOperator op, long x, long y)
    {
        switch (op)
        {
            case BinaryOperator.FloorDivide when y != 0 && y != -1:
                var quotient = x / y;
                return Boxed.Int(x % y != 0 && (x < 0) != (y < 0) ? quotient - 1 : quotient);
            case BinaryOperator.Modulo when y != 0 && y != -1:
                var rest = x % y;
                return Boxed.Int(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest);
            case BinaryOperator.Divide when y != 0 && Math.Abs((double)x) < 1L << 53 && Math.Abs((double)y) < 1L << 53:
                return (double)x / y;
            case BinaryOperator.And:
                return Boxed.Int(x & y);
            case BinaryOperator.Or:
                return Boxed.Int(x | y);
            case BinaryOperator.Xor:
                return Boxed.Int(x ^ y);
            case BinaryOperator.ShiftRight when y >= 0:
                return Boxed.Int(y > 62 ? (x < 0 ? -1 : 0) : x >> (int)y);
            default:
                return Apply(op, (BigInteger)x, y);
        }
    }

    public static object? Apply(BinaryOperator op, BigInteger x, BigInteger y)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Numbers.Normalise(x + y);
            case BinaryOperator.Subtract:
                return Numbers.Normalise(x - y);
            case BinaryOperator.Multiply:
                Numbers.RequireBits(x.GetBitLength() + y.GetBitLength() - 1);
                Machine.Tick((int)((x.GetBitLength() >> 6) * (y.GetBitLength() >> 6) >> 4));
                return Numbers.Normalise(x * y);
            case BinaryOperator.Divide:
                return Divide(x, y);
            case BinaryOperator.FloorDivide:
                return Numbers.Normalise(FloorDivide(x, y).Quotient);
            case BinaryOperator.Modulo:
                return Numbers.Normalise(FloorDivide(x, y, "integer modulo by zero").Remainder);
            case BinaryOperator.Power:
                return Power(x, y);
            case BinaryOperator.ShiftLeft:
                return ShiftLeft(x, y);
            case BinaryOperator.ShiftRight:
                RequireShift(y);
                return y > int.MaxValue ? Boxed.Int(x.Sign < 0 ? -1 : 0) : Numbers.Normalise(x >> (int)y);
            case BinaryOperator.And:
                return Numbers.Normalise(x & y);
            case BinaryOperator.Or:
                return Numbers.Normalise(x | y);
            case BinaryOperator.Xor:
                return Numbers.Normalise(x ^ y);
            default:
                return null;
        }
    }

    public static (BigInteger Quotient, BigInteger Remainder) FloorDivide(BigInteger x, BigInteger y, string message = "integer division or modulo by zero")
    {
        if (y.IsZero)
            throw new ScriptException(ExceptionTypes.ZeroDivisionError, message);
        Machine.Tick((int)((x.GetBitLength() >> 6) * (y.GetBitLength() >> 6) >> 4));
        var quotient = BigInteger.DivRem(x, y, out var rest);
        return !rest.IsZero && rest.Sign < 0 != y.Sign < 0 ? (quotient - 1, rest + y) : (quotient, rest);
    }

    private static double Divide(BigInteger x, BigInteger y)
    {
        if (y.IsZero)
            throw new ScriptException(ExceptionTypes.ZeroDivisionError, "division by zero");
        if (x.IsZero)
            return 0.0;
        // Scaled so that the quotient has at least 64 significant bits, which rounds to the nearest float with a sticky last bit.
        var shift = (int)(66 - (x.GetBitLength() - y.GetBitLength()));
        var scaled = shift > 0 ? BigInteger.Abs(x) << shift : BigInteger.Abs(x) >> Math.Min(-shift, int.MaxValue);
        var lost = shift < 0 && (scaled << -shift) != BigInteger.Abs(x);
        var quotient = BigInteger.DivRem(scaled, BigInteger.Abs(y), out var rest);
        if (!rest.IsZero || lost)
            quotient |= 1;
        var magnitude = Math.ScaleB((double)quotient, -shift);
        if (double.IsInfinity(magnitude))
            throw new ScriptException(ExceptionTypes.OverflowError, "integer division result too large for a float");
        return x.Sign < 0 != y.Sign < 0 ? -magnitude : magnitude;
    }

    private static object Power(BigInteger x, BigInteger y)
    {
        if (y.Sign < 0)
        {
            if (x.IsZero)
                throw new ScriptException(ExceptionTypes.ZeroDivisionError, "0.0 cannot be raised to a negative power");
            return FloatArithmetic.Apply(BinaryOperator.Power, Numbers.ToDouble(Numbers.Normalise(x)), Numbers.ToDouble(Numbers.Normalise(y)))!;
        }

        if (x.IsZero || x.IsOne || y.IsZero)
            return y.IsZero ? Boxed.Int(1) : Numbers.Normalise(x);
        if (x == BigInteger.MinusOne)
            return Boxed.Int(y.IsEven ? 1 : -1);
        Numbers.RequireBits(y > Numbers.MaxBits ? long.MaxValue : (x.GetBitLength() - 1) * (long)y);
        var bits = x.GetBitLength() * (long)y;
        Machine.Tick((int)((bits >> 6) * (bits >> 6) >> 5));
        return Numbers.Normalise(BigInteger.Pow(x, (int)y));
    }

    private static void RequireShift(BigInteger y)
    {
        if (y.Sign < 0)
            throw new ScriptException(ExceptionTypes.ValueError, "negative shift count");
    }

    private static object ShiftLeft(BigInteger x, BigInteger y)
    {
        RequireShift(y);
        if (x.IsZero)
            return Boxed.Int(0);
        Numbers.RequireBits(y > Numbers.MaxBits ? long.MaxValue : x.GetBitLength() + (long)y);
        return Numbers.Normalise(x << (int)y);
    }
}
