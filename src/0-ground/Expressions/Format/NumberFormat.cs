using System.Globalization;
using System.Numerics;
using System.Text;

namespace Postern.Expressions;

/// <summary>Formats integers and floats by a format specification.</summary>
internal static class NumberFormat
{
    public static string Integer(object value, FormatSpec spec)
    {
        Numbers.TryBig(value, out var number);
        switch (spec.Type)
        {
            case '\0' or 'd' or 'n' or 'b' or 'o' or 'x' or 'X':
                if (spec.NoNegativeZero)
                    throw FormatSpec.Error("Negative zero coercion (z) not allowed in format specifier with integer");
                if (spec.Precision >= 0)
                    throw FormatSpec.Error("Precision not allowed in integer format specifier");
                return Radix(number, spec);
            case 'c':
                return Character(number, spec);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%':
                return Float(Numbers.ToDouble(value), spec);
            default:
                throw spec.Unknown(value);
        }
    }

    private static string Character(BigInteger number, FormatSpec spec)
    {
        if (spec.Sign != '-' || spec.Grouping != '\0')
            throw FormatSpec.Error(spec.Grouping != '\0' ? $"Cannot specify '{spec.Grouping}' with 'c'." : "Sign not allowed with integer format specifier 'c'");
        if (number < 0 || number > 0x10FFFF)
            throw new ScriptException(ExceptionTypes.OverflowError, "%c arg not in range(0x110000)");
        return spec.Pad("", Characters.FromCode((int)number), '<');
    }

    private static string Radix(BigInteger number, FormatSpec spec)
    {
        var magnitude = BigInteger.Abs(number);
        var (digits, prefix) = spec.Type switch
        {
            'b' => (Binary(magnitude), "0b"),
            'o' => (IntegerText.InRadix(magnitude, 8), "0o"),
            'x' => (IntegerText.InRadix(magnitude, 16), "0x"),
            'X' => (IntegerText.InRadix(magnitude, 16).ToUpperInvariant(), "0X"),
            _ => (Representation.OfBig(magnitude), ""),
        };
        if (spec.Grouping == ',' && prefix.Length > 0)
            throw FormatSpec.Error($"Cannot specify ',' with '{spec.Type}'.");
        var group = prefix.Length > 0 ? 4 : 3;
        return Assemble(number.Sign < 0, spec.Alternate ? prefix : "", digits, "", group, spec);
    }

    private static string Binary(BigInteger magnitude) => IntegerText.InRadix(magnitude, 2);

    private static string SignOf(bool negative, FormatSpec spec) => negative ? "-" : spec.Sign switch { '+' => "+", ' ' => " ", _ => "" };

    private static string Assemble(bool negative, string prefix, string whole, string rest, int group, FormatSpec spec)
    {
        prefix = SignOf(negative, spec) + prefix;
        if (spec.Grouping != '\0')
        {
            // Zero padding is grouped as well, and fills the width including its separators.
            var least = spec is { Zero: true, Align: '=' } ? spec.Width - prefix.Length - rest.Length : 0;
            whole = Grouped(whole, group, spec.Grouping, least);
        }

        return spec.Pad(prefix, whole + rest, '>');
    }

    private static string Grouped(string digits, int group, char separator, int least)
    {
        var text = new StringBuilder();
        var count = 0;
        for (var i = digits.Length - 1; i >= 0 || text.Length < least; i--)
        {
            if (count > 0 && count % group == 0)
                text.Insert(0, separator);
            text.Insert(0, i >= 0 ? digits[i] : '0');
            count++;
        }

        return text.ToString();
    }

    public static string Float(double value, FormatSpec spec)
    {
        var type = spec.Type == '\0' && spec.Precision < 0 ? 'r' : spec.Type;
        if (!double.IsFinite(value))
            return NotFinite(value, spec);
        var negative = double.IsNegative(value);
        var magnitude = Math.Abs(value);
        var precision = spec.Precision < 0 ? 6 : spec.Precision;
        var text = type switch
        {
            'r' => FloatText.Of(magnitude),
            'f' or 'F' => Fixed(magnitude, precision),
            '%' => Fixed(magnitude * 100, precision) + "%",
            'e' or 'E' => Exponent(magnitude, precision, spec.Alternate),
            'g' or 'G' or 'n' => General(magnitude, precision, spec.Alternate),
            '\0' => Default(magnitude, precision),
            _ => throw spec.Unknown(value),
        };
        if (spec.Alternate && precision == 0 && type is 'f' or 'F')
            text += ".";
        if (char.IsAsciiLetterUpper(spec.Type))
            text = text.ToUpperInvariant();
        if (spec.NoNegativeZero && !text.AsSpan().ContainsAnyInRange('1', '9'))
            negative = false;
        var end = text.AsSpan().IndexOfAny(".eE%");
        return Assemble(negative, "", end < 0 ? text : text[..end], end < 0 ? "" : text[end..], 3, spec);
    }

    private static string NotFinite(double value, FormatSpec spec)
    {
        var text = double.IsNaN(value) ? "nan" : "inf";
        if (char.IsAsciiLetterUpper(spec.Type))
            text = text.ToUpperInvariant();
        return spec.Pad(SignOf(value < 0, spec), text + (spec.Type == '%' ? "%" : ""), '>');
    }

    // .NET's fixed and exponential formats are exact and round half to even on the exact binary value, as C's do.
    public static string Fixed(double value, int precision) => value.ToString("F" + precision, CultureInfo.InvariantCulture);

    public static string Exponent(double value, int precision, bool alternate)
    {
        var text = value.ToString("E" + precision, CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return FloatText.Exponential(text[..e].Replace(".", "", StringComparison.Ordinal), exponent, alternate, 'e');
    }

    public static string General(double value, int precision, bool alternate)
    {
        precision = Math.Max(1, precision);
        var text = value.ToString("E" + (precision - 1), CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = text[..e].Replace(".", "", StringComparison.Ordinal);
        if (!alternate)
            digits = digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        if (exponent < -4 || exponent >= precision)
            return FloatText.Exponential(digits, exponent, alternate, 'e');
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        digits = digits.PadRight(exponent + 1, '0');
        return digits.Length == exponent + 1 ? digits + (alternate ? "." : "") : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    // Without a type but with a precision: general, but never without a digit after the point.
    private static string Default(double value, int precision)
    {
        precision = Math.Max(1, precision);
        var text = General(value, precision, alternate: false);
        if (text.AsSpan().ContainsAny('.', 'e'))
            return text;
        // With as many digits before the point as there may be, the exponent form is used one step earlier.
        return text.Length >= precision && value >= 1 && text.Length > 0 && precision <= text.Length
            ? GeneralExponent(value, precision)
            : text + ".0";
    }

    private static string GeneralExponent(double value, int precision)
    {
        var text = value.ToString("E" + (precision - 1), CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var digits = text[..e].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        return FloatText.Exponential(digits.Length == 0 ? "0" : digits, int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), false, 'e');
    }
}
