using System.Globalization;
using System.Numerics;
using System.Text;

namespace Postern.Expressions;

/// <summary>Integers in other bases, and texts read as integers.</summary>
internal static class IntegerText
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>A non-negative integer in base 2, 8 or 16.</summary>
    public static string InRadix(BigInteger value, int radix)
    {
        if (value.IsZero)
            return "0";
        var bits = radix switch { 2 => 1, 8 => 3, _ => 4 };
        Machine.Charge(2 * value.GetBitLength() / bits);
        var bytes = value.ToByteArray(isUnsigned: true);
        var text = new StringBuilder();
        int pending = 0, held = 0;
        foreach (var b in bytes)
        {
            pending |= b << held;
            for (held += 8; held >= bits; held -= bits, pending >>= bits)
                text.Append(Digits[pending & (radix - 1)]);
        }

        if (held > 0)
            text.Append(Digits[pending & (radix - 1)]);
        var characters = text.ToString().TrimEnd('0').ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    public static string WithPrefix(object? value, int radix, string prefix)
    {
        if (!Numbers.TryBig(value, out var number))
            throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(value)}' object cannot be interpreted as an integer");
        return (number.Sign < 0 ? "-" : "") + prefix + InRadix(BigInteger.Abs(number), radix);
    }

    /// <summary>What int(text, radix) gives; null when the text is no integer.</summary>
    public static object? Parse(string text, int radix)
    {
        var s = text.AsSpan().Trim();
        var negative = s.Length > 0 && s[0] == '-';
        if (s.Length > 0 && s[0] is '+' or '-')
            s = s[1..];
        s = TrimPrefix(s, ref radix);
        var digits = new StringBuilder(s.Length);
        for (var i = 0; i < s.Length; i++)
        {
            if (s[i] == '_' && i > 0 && i < s.Length - 1 && s[i - 1] != '_')
                continue;
            var digit = DigitOf(s[i]);
            if (digit < 0 || digit >= radix)
                return null;
            digits.Append(Digits[digit]);
        }

        if (digits.Length == 0)
            return null;
        var value = Value(digits.ToString(), radix);
        return Numbers.Normalise(negative ? -value : value);
    }

    private static ReadOnlySpan<char> TrimPrefix(ReadOnlySpan<char> s, scoped ref int radix)
    {
        var prefixed = s.Length > 1 && s[0] == '0' ? char.ToLowerInvariant(s[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefixed != 0 && (radix == 0 || radix == prefixed))
        {
            radix = prefixed;
            return s.Length > 2 && s[2] == '_' ? s[3..] : s[2..];
        }

        if (radix != 0)
            return s;
        radix = 10;
        // Without a base, leading zeros are refused except in zero itself.
        return s.Length > 1 && s[0] == '0' && s.Trim("0_").Length > 0 ? [] : s;
    }

    private static int DigitOf(char c)
    {
        if (char.IsAsciiLetterOrDigit(c))
            return char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10;
        return char.GetUnicodeCategory(c) == UnicodeCategory.DecimalDigitNumber ? (int)char.GetNumericValue(c) : -1;
    }

    private static BigInteger Value(string digits, int radix)
    {
        if (radix == 10)
        {
            if (digits.Length > 4300)
            {
                throw new ScriptException(
                    ExceptionTypes.ValueError,
                    $"Exceeds the limit (4300 digits) for integer string conversion: value has {digits.Length} digits; use sys.set_int_max_str_digits() to increase the limit");
            }

            return BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        Numbers.RequireBits((long)digits.Length * (BitOperations.Log2((uint)radix)));
        Machine.Tick(digits.Length * digits.Length / 256);
        var value = BigInteger.Zero;
        foreach (var c in digits)
            value = (value * radix) + DigitOf(c);
        return value;
    }
}
