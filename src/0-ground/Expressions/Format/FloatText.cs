using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>The shortest text that reads back as the same float, laid out as Python does.</summary>
internal static class FloatText
{
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var (negative, digits, exponent) = Digits(value);
        var sign = negative ? "-" : "";
        if (exponent is < -4 or >= 16)
            return sign + Exponential(digits, exponent, alternate: false, 'e');
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Significant digits without trailing zeros, and the power of ten of the first.</summary>
    private static (bool Negative, string Digits, int Exponent) Digits(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = text[0] == '-';
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest.TrimStart('-').Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        if (mantissa.Length == 0)
            return (negative || double.IsNegative(value), "0", 0);
        // 9.999...e22 may round up when it is printed with 17 digits; the shortest form has the true exponent.
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
            exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (negative, mantissa, exponent);
    }

    public static string Exponential(string digits, int exponent, bool alternate, char letter)
    {
        var text = new StringBuilder().Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        else if (alternate)
            text.Append('.');
        text.Append(letter).Append(exponent < 0 ? '-' : '+');
        return text.Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)).ToString();
    }
}
