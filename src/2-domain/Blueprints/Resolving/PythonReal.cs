using System.Globalization;

namespace Postern.Blueprints.Resolving;

/// <summary>The conversions f, e and g of Python's % formatting for numbers that are not negative.</summary>
internal static class PythonReal
{
    public static string Format(double value, char conversion, int precision)
    {
        var text = char.ToLowerInvariant(conversion) switch
        {
            'f' => value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            'e' => Scientific(value, precision),
            _ => General(value, Math.Max(precision, 1)),
        };
        return char.IsUpper(conversion) ? text.ToUpperInvariant() : text;
    }

    static string Scientific(double value, int precision) =>
        value.ToString(precision == 0 ? "0e+00" : $"0.{new string('0', precision)}e+00", CultureInfo.InvariantCulture);

    static string General(double value, int precision)
    {
        var scientific = Scientific(value, precision - 1);
        var exponent = value == 0 ? 0 : int.Parse(scientific[(scientific.IndexOf('e', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        if (exponent >= -4 && exponent < precision) return Trim(Format(value, 'f', precision - 1 - exponent));
        var cut = scientific.IndexOf('e', StringComparison.Ordinal);
        return Trim(scientific[..cut]) + scientific[cut..];
    }

    static string Trim(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
}
