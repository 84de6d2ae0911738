using System.Globalization;
using System.Numerics;

namespace Postern.Expressions;

/// <summary>Constructors and methods of int, float, bool and range.</summary>
internal static class NumberTypes
{
    private static readonly System.Buffers.SearchValues<char> FloatCharacters = System.Buffers.SearchValues.Create("0123456789.e+-");

    public static void Declare()
    {
        Types.Int.New("x=0, /, base=?", (_, a) => a[1] is Unbound ? ToInt(a[0]) : ToInt(a[0], a[1]));
        Types.Int.Method("bit_length", "", (_, a) => Boxed.Int(Numbers.TryBig(a[0], out var i) ? (long)BigInteger.Abs(i).GetBitLength() : 0));
        Types.Int.Method("bit_count", "", (_, a) => Boxed.Int(Numbers.TryBig(a[0], out var i) ? IntegerText.InRadix(BigInteger.Abs(i), 2).Count(c => c == '1') : 0));
        Types.Int.Method("conjugate", "", (_, a) => a[0]);
        Types.Int.Method("is_integer", "", (_, _) => Boxed.True);
        Types.Int.Method("to_bytes", "length=1, byteorder='big', *, signed=False", (_, a) => ToBytes(a));
        Types.Int.Static("from_bytes", "bytes, byteorder='big', *, signed=False", (_, a) => FromBytes(a));
        Types.Int.Method("as_integer_ratio", "", (_, a) => new ScriptTuple(a[0], Boxed.Int(1)));
        Types.Int.Getter("real", v => v).Getter("imag", _ => Boxed.Int(0)).Getter("numerator", v => v).Getter("denominator", _ => Boxed.Int(1));
        Types.Bool.New("x=False, /", (_, a) => Boxed.Bool(Truth.Of(a[0])));
        Types.Float.New("x=0, /", (_, a) => ToFloat(a[0]));
        Types.Float.Method("is_integer", "", (_, a) => Boxed.Bool(a[0] is double d && double.IsFinite(d) && Math.Floor(d) == d));
        Types.Float.Method("as_integer_ratio", "", (_, a) => Ratio((double)a[0]!));
        Types.Float.Method("hex", "", (_, a) => throw TypeTable.TypeError("float.hex is not part of the expression language"));
        Types.Float.Method("conjugate", "", (_, a) => a[0]);
        Types.Float.Getter("real", v => v).Getter("imag", _ => 0.0);
        Types.Range.New("start, stop=?, step=1, /", (_, a) => MakeRange(a));
        Types.Range.Getter("start", v => Boxed.Int(((RangeValue)v).Start));
        Types.Range.Getter("stop", v => Boxed.Int(((RangeValue)v).Stop));
        Types.Range.Getter("step", v => Boxed.Int(((RangeValue)v).Step));
        Types.Range.Method("index", "value, /", (_, a) => RangeIndex((RangeValue)a[0]!, a[1]));
        Types.Range.Method("count", "value, /", (_, a) => Boxed.Int(Numbers.TryLong(a[1], out var n) && ((RangeValue)a[0]!).Contains(n) ? 1 : 0));
    }

    public static object ToInt(object? value) => value switch
    {
        double d => Numbers.FromDouble(Math.Truncate(d)),
        string s => IntegerText.Parse(s, 10) ?? throw BadInteger(value, 10),
        ScriptBytes b => IntegerText.Parse(System.Text.Encoding.Latin1.GetString(b.Span), 10) ?? throw BadInteger(value, 10),
        UuidValue u => u.ToInteger(),
        IpAddressValue ip => Numbers.Normalise(ip.Number),
        _ when Numbers.TryBig(value, out var i) => Numbers.Normalise(i),
        _ => throw TypeTable.TypeError($"int() argument must be a string, a bytes-like object or a real number, not '{Types.NameOf(value)}'"),
    };

    private static object ToInt(object? value, object? radix)
    {
        var number = Numbers.ToIndex(radix);
        if (number is not (0 or (>= 2 and <= 36)))
            throw TypeTable.ValueError("int() base must be >= 2 and <= 36, or 0");
        var text = value switch
        {
            string s => s,
            ScriptBytes b => System.Text.Encoding.Latin1.GetString(b.Span),
            _ => throw TypeTable.TypeError("int() can't convert non-string with explicit base"),
        };
        return IntegerText.Parse(text, (int)number) ?? throw BadInteger(value, (int)number);
    }

    private static ScriptException BadInteger(object? value, int radix)
    {
        var text = Representation.Of(value);
        return TypeTable.ValueError($"invalid literal for int() with base {radix}: {(text.Length > 200 ? text[..200] : text)}");
    }

    private static object ToFloat(object? value)
    {
        if (value is string text)
            return ParseFloat(text) ?? throw TypeTable.ValueError($"could not convert string to float: {Representation.Of(text)}");
        return Numbers.TryDouble(value, out var number)
            ? number
            : throw TypeTable.TypeError($"float() argument must be a string or a real number, not '{Types.NameOf(value)}'");
    }

    private static double? ParseFloat(string text)
    {
        var s = text.AsSpan().Trim();
        var lower = s.ToString().ToLowerInvariant();
        switch (lower.TrimStart('+', '-'))
        {
            case "inf" or "infinity" when lower.Length - lower.TrimStart('+', '-').Length < 2:
                return lower[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan" when lower.Length <= 4:
                return double.NaN;
        }

        if (lower.Contains("__", StringComparison.Ordinal) || lower.StartsWith('_') || lower.EndsWith('_') || lower.Contains("_.", StringComparison.Ordinal) || lower.Contains("._", StringComparison.Ordinal))
            return null;
        var plain = lower.Replace("_", "", StringComparison.Ordinal);
        if (plain.AsSpan().ContainsAnyExcept(FloatCharacters))
            return null;
        return double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private static ScriptTuple Ratio(double value)
    {
        if (!double.IsFinite(value))
            throw double.IsNaN(value) ? TypeTable.ValueError("cannot convert NaN to integer ratio") : new ScriptException(ExceptionTypes.OverflowError, "cannot convert Infinity to integer ratio");
        var denominator = BigInteger.One;
        while (Math.Floor(value) != value)
        {
            value *= 2;
            denominator *= 2;
        }

        return new ScriptTuple(Numbers.Normalise(new BigInteger(value)), Numbers.Normalise(denominator));
    }

    private static ScriptBytes ToBytes(ReadOnlySpan<object?> a)
    {
        Numbers.TryBig(a[0], out var value);
        var length = Numbers.ToInt(a[1]);
        if (length < 0)
            throw TypeTable.ValueError("length argument must be non-negative");
        var signed = Truth.Of(a[3]);
        if (value.Sign < 0 && !signed)
            throw new ScriptException(ExceptionTypes.OverflowError, "can't convert negative int to unsigned");
        Machine.Charge(length);
        if (value.GetByteCount(!signed) > length && !value.IsZero)
            throw new ScriptException(ExceptionTypes.OverflowError, "int too big to convert");
        var bytes = new byte[length];
        if (value.Sign < 0)
            Array.Fill(bytes, (byte)0xFF);
        if (!value.IsZero)
            value.ToByteArray(!signed).AsSpan().CopyTo(bytes);
        if (IsBig(a[2]))
            Array.Reverse(bytes);
        return new ScriptBytes(bytes);
    }

    private static bool IsBig(object? order) => order switch
    {
        "big" => true,
        "little" => false,
        _ => throw TypeTable.ValueError("byteorder must be either 'little' or 'big'"),
    };

    private static object FromBytes(ReadOnlySpan<object?> a)
    {
        var bytes = a[0] is ScriptBytes b ? b.Span.ToArray() : Iteration.ToArray(a[0]).Select(i => (byte)Numbers.ToInt(i)).ToArray();
        Numbers.RequireBits(8L * bytes.Length);
        return Numbers.Normalise(new BigInteger(bytes, isUnsigned: !Truth.Of(a[2]), isBigEndian: IsBig(a[1])));
    }

    private static RangeValue MakeRange(ReadOnlySpan<object?> a)
    {
        static long Bound(object? value) => value is BigInteger
            ? throw new ScriptException(ExceptionTypes.OverflowError, "Python int too large to convert to C ssize_t")
            : Numbers.ToIndex(value);
        if (a[1] is Unbound)
            return new RangeValue(0, Bound(a[0]), 1);
        var step = Bound(a[2]);
        return step == 0 ? throw TypeTable.ValueError("range() arg 3 must not be zero") : new RangeValue(Bound(a[0]), Bound(a[1]), step);
    }

    private static object RangeIndex(RangeValue range, object? value) =>
        Numbers.TryLong(value, out var number) && range.Contains(number)
            ? Boxed.Int((number - range.Start) / range.Step)
            : throw TypeTable.ValueError($"{Representation.Of(value)} is not in range");
}
