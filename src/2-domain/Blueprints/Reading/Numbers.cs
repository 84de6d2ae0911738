using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Postern.Blueprints.Reading;

/// <summary>Numbers as YAML 1.1 writes them: binary, octal with a leading 0, hexadecimal, base 60, underscores (yaml.org/type/int, /float).</summary>
internal static partial class Numbers
{
    public static bool IsInteger(string text) => IntegerPattern().IsMatch(text);

    public static bool IsFloat(string text) => FloatPattern().IsMatch(text);

    public static JsonNode Integer(string text)
    {
        var value = ToInteger(text);
        if (value >= long.MinValue && value <= long.MaxValue) return JsonValue.Create((long)value);
        return JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture))!;
    }

    public static double Float(string text)
    {
        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        var sign = digits.StartsWith('-') ? -1 : 1;
        digits = digits.TrimStart('+', '-');
        if (digits is ".inf") return sign * double.PositiveInfinity;
        if (digits is ".nan") return double.NaN;
        var value = 0d;
        foreach (var part in digits.Split(':')) value = (value * 60) + double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture);
        return sign * value;
    }

    static BigInteger ToInteger(string text)
    {
        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        var sign = digits.StartsWith('-') ? -1 : 1;
        digits = digits.TrimStart('+', '-');
        if (digits.StartsWith("0b", StringComparison.Ordinal)) return sign * InBase(digits.AsSpan(2), 2);
        if (digits.StartsWith("0x", StringComparison.Ordinal)) return sign * InBase(digits.AsSpan(2), 16);
        if (digits.Length > 1 && digits[0] == '0') return sign * InBase(digits.AsSpan(1), 8);
        var value = BigInteger.Zero;
        foreach (var part in digits.Split(':')) value = (value * 60) + BigInteger.Parse(part, CultureInfo.InvariantCulture);
        return sign * value;
    }

    static BigInteger InBase(ReadOnlySpan<char> digits, int number)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits) value = (value * number) + Convert.ToInt32(digit.ToString(), 16);
        return value;
    }

    [GeneratedRegex(
        "^(?:[-+]?0b[0-1_]*[0-1][0-1_]*|[-+]?0[0-7_]*[0-7][0-7_]*|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        @"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatPattern();
}
