using System.Numerics;

namespace Postern.Expressions;

internal static partial class Builtins
{
    private static void AddNumbers(Dictionary<string, object?> table)
    {
        Add(table, "abs", "x, /", (_, a) => Abs(a[0]));
        Add(table, "round", "number, ndigits=None", (_, a) => Round(a[0], a[1]));
        Add(table, "divmod", "x, y, /", (_, a) => DivMod(a[0], a[1]));
        Add(table, "pow", "base, exp, mod=None", (_, a) => Power(a[0], a[1], a[2]));
        Add(table, "hex", "number, /", (_, a) => IntegerText.WithPrefix(a[0], 16, "0x"));
        Add(table, "oct", "number, /", (_, a) => IntegerText.WithPrefix(a[0], 8, "0o"));
        Add(table, "bin", "number, /", (_, a) => IntegerText.WithPrefix(a[0], 2, "0b"));
    }

    private static object? Abs(object? value) => value switch
    {
        double d => Math.Abs(d),
        HostObject host when host.TryNegate(out var negated) => host.CompareTo(negated) < 0 ? negated : host,
        _ when Numbers.TryBig(value, out var i) => Numbers.Normalise(BigInteger.Abs(i)),
        _ => throw TypeTable.TypeError($"bad operand type for abs(): '{Types.NameOf(value)}'"),
    };

    private static object Round(object? value, object? digits)
    {
        if (Numbers.TryBig(value, out var integer))
            return digits is null || Numbers.ToIndex(digits) >= 0 ? Numbers.Normalise(integer) : RoundInteger(integer, -Numbers.ToIndex(digits));
        if (value is not double number)
            throw TypeTable.TypeError($"type {Types.NameOf(value)} doesn't define __round__ method");
        if (digits is null)
            return Numbers.FromDouble(Math.Round(number, MidpointRounding.ToEven));
        var places = Numbers.ToIndex(digits);
        if (!double.IsFinite(number) || places > 320)
            return number;
        if (places < -310)
            return Math.CopySign(0.0, number);
        if (places >= 0)
            return double.Parse(NumberFormat.Fixed(number, (int)places), System.Globalization.CultureInfo.InvariantCulture);
        var rounded = (BigInteger)RoundExact(new BigInteger(Math.Truncate(number)), number != Math.Truncate(number), -(int)places);
        return (double)rounded;
    }

    private static object RoundInteger(BigInteger value, long places) =>
        places > 5000 ? Boxed.Int(0) : Numbers.Normalise(RoundExact(value, false, (int)places));

    // Half to even at a power of ten; a lost fraction breaks a tie upwards in magnitude.
    private static BigInteger RoundExact(BigInteger value, bool more, int places)
    {
        var unit = BigInteger.Pow(10, places);
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), unit, out var rest);
        var order = (rest * 2).CompareTo(unit);
        if (order > 0 || (order == 0 && (more || !quotient.IsEven)))
            quotient++;
        return quotient * unit * value.Sign;
    }

    private static ScriptTuple DivMod(object? a, object? b)
    {
        if (a is HostObject || b is HostObject)
            return new ScriptTuple(Arithmetic.Binary(BinaryOperator.FloorDivide, a, b), Arithmetic.Binary(BinaryOperator.Modulo, a, b));
        if (!Numbers.TryDouble(a is BigInteger ? 0L : a, out _) || !Numbers.TryDouble(b is BigInteger ? 0L : b, out _))
            throw TypeTable.TypeError($"unsupported operand type(s) for divmod(): '{Types.NameOf(a)}' and '{Types.NameOf(b)}'");
        if (a is double || b is double)
        {
            var (quotient, rest) = FloatArithmetic.DivMod(Numbers.ToDouble(a), Numbers.ToDouble(b), "float divmod()");
            return new ScriptTuple(quotient, rest);
        }

        Numbers.TryBig(a, out var x);
        Numbers.TryBig(b, out var y);
        var exact = IntegerArithmetic.FloorDivide(x, y);
        return new ScriptTuple(Numbers.Normalise(exact.Quotient), Numbers.Normalise(exact.Remainder));
    }

    private static object? Power(object? x, object? y, object? modulus)
    {
        if (modulus is null)
            return Arithmetic.Binary(BinaryOperator.Power, x, y);
        if (!Numbers.TryBig(x, out var number) || !Numbers.TryBig(y, out var exponent) || !Numbers.TryBig(modulus, out var mod))
            throw TypeTable.TypeError("pow() 3rd argument not allowed unless all arguments are integers");
        if (mod.IsZero)
            throw TypeTable.ValueError("pow() 3rd argument cannot be 0");
        if (exponent.Sign < 0)
        {
            number = Inverse(number, mod);
            exponent = -exponent;
        }

        var words = (mod.GetBitLength() >> 6) + 1;
        Machine.Tick((int)Math.Min(int.MaxValue, exponent.GetBitLength() * words * words >> 4));
        var result = BigInteger.ModPow(number, exponent, mod);
        return Numbers.Normalise(IntegerArithmetic.FloorDivide(result, mod).Remainder);
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (IntegerArithmetic.FloorDivide(value, modulus).Remainder, modulus, BigInteger.One, BigInteger.Zero);
        while (!b.IsZero)
        {
            Machine.Tick(8);
            var quotient = a / b;
            (a, b) = (b, a - (quotient * b));
            (x, y) = (y, x - (quotient * y));
        }

        return BigInteger.Abs(a).IsOne ? x * a.Sign : throw TypeTable.ValueError("base is not invertible for the given modulus");
    }
}
