using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>A JSON number as Python's int (any size) or float.</summary>
internal readonly record struct PythonNumber(BigInteger? Whole, double Real)
{
    public static PythonNumber? Of(JsonNode? value)
    {
        if (value is null) return null;
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return new PythonNumber(BigInteger.One, 1);
            case JsonValueKind.False:
                return new PythonNumber(BigInteger.Zero, 0);
            case JsonValueKind.Number:
                break;
            default:
                return null;
        }

        if (IsDouble(value, out var real)) return new PythonNumber(null, real);
        var text = value.ToJsonString();
        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return new PythonNumber(whole, (double)whole);
        return new PythonNumber(null, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>The number as Python's str() writes it.</summary>
    public override string ToString() => Whole is { } whole ? whole.ToString(CultureInfo.InvariantCulture) : Repr(Real);

    // A value made from a double prints 1 for 1.0, so its type decides.
    static bool IsDouble(JsonNode value, out double real)
    {
        real = 0;
        return value is JsonValue scalar && !scalar.TryGetValue<long>(out _) && !scalar.TryGetValue<JsonElement>(out _) && scalar.TryGetValue(out real);
    }

    static string Repr(double real)
    {
        if (double.IsPositiveInfinity(real)) return "inf";
        if (double.IsNegativeInfinity(real)) return "-inf";
        if (double.IsNaN(real)) return "nan";
        var magnitude = Math.Abs(real);
        if (real == 0 || magnitude is >= 1e-4 and < 1e16)
        {
            var plain = real.ToString("0.################################", CultureInfo.InvariantCulture);
            var shortest = real.ToString("R", CultureInfo.InvariantCulture);
            var text = shortest.Contains('E', StringComparison.Ordinal) ? plain : shortest;
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        }

        return Exponent(real.ToString("R", CultureInfo.InvariantCulture), real);
    }

    static string Exponent(string shortest, double real)
    {
        if (!shortest.Contains('E', StringComparison.Ordinal)) shortest = real.ToString("0.################E+00", CultureInfo.InvariantCulture);
        var parts = shortest.Split('E');
        var exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
