using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Python's % formatting with positional arguments (docs.python.org, "printf-style String Formatting"): s r d i u x X o c f F e E g G %.</summary>
internal static class PythonFormat
{
    // A width is for aligning, not for filling memory.
    const int MaxWidth = 1000;

    /// <summary>The formatted text, or Python's words for what is wrong.</summary>
    public static (string? Text, string? Problem) Apply(string format, IReadOnlyList<JsonNode?> arguments)
    {
        var text = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var directive = FormatDirective.Parse(format, i + 1, out var end);
            if (directive.Problem is not null) return (null, directive.Problem);
            if (directive.Width > MaxWidth || directive.Precision > MaxWidth) return (null, $"a width may be at most {MaxWidth}");
            i = end;
            if (directive.Conversion == '%')
            {
                text.Append('%');
                continue;
            }

            if (next == arguments.Count) return (null, "not enough arguments for format string");
            var (piece, problem) = Convert(directive, arguments[next++]);
            if (piece is null) return (null, problem);
            text.Append(directive.Pad(piece));
        }

        return next < arguments.Count ? (null, "not all arguments converted during string formatting") : (text.ToString(), null);
    }

    static (string? Text, string? Problem) Convert(FormatDirective directive, JsonNode? value) => directive.Conversion switch
    {
        's' => (directive.Cut(PythonText.Str(value)), null),
        'r' or 'a' => (directive.Cut(PythonText.Repr(value)), null),
        'c' => Character(value),
        'd' or 'i' or 'u' => Whole(directive, value, allowReal: true, number => BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture)),
        'x' => Whole(directive, value, allowReal: false, number => InBase(number, 16)),
        'X' => Whole(directive, value, allowReal: false, number => InBase(number, 16).ToUpperInvariant()),
        'o' => Whole(directive, value, allowReal: false, number => InBase(number, 8)),
        _ => Real(directive, value),
    };

    static (string? Text, string? Problem) Character(JsonNode? value)
    {
        if (value?.GetValueKind() == JsonValueKind.String && new StringInfo(value.GetValue<string>()).LengthInTextElements == 1) return (value.GetValue<string>(), null);
        if (PythonNumber.Of(value) is { Whole: { } code } && code > 0 && code <= 0x10FFFF && Rune.IsValid((int)code)) return (new Rune((int)code).ToString(), null);
        return (null, "%c requires int or char");
    }

    static (string? Text, string? Problem) Whole(FormatDirective directive, JsonNode? value, bool allowReal, Func<BigInteger, string> digits)
    {
        if (PythonNumber.Of(value) is not { } number || (number.Whole is null && !allowReal))
        {
            var needed = allowReal ? "a real number" : "an integer";
            return (null, $"%{directive.Conversion} format: {needed} is required, not {PythonText.TypeName(value)}");
        }

        if (number.Whole is null && !double.IsFinite(number.Real)) return (null, "cannot convert float infinity to integer");
        var whole = number.Whole ?? new BigInteger(Math.Truncate(number.Real));
        var text = digits(whole);
        if (directive.Precision is { } precision) text = text.PadLeft(precision, '0');
        return (directive.Sign(whole.Sign < 0) + directive.Prefix() + text, null);
    }

    static (string? Text, string? Problem) Real(FormatDirective directive, JsonNode? value)
    {
        if (PythonNumber.Of(value) is not { } number) return (null, $"must be real number, not {PythonText.TypeName(value)}");
        return (directive.Sign(number.Real < 0) + PythonReal.Format(Math.Abs(number.Real), directive.Conversion, directive.Precision ?? 6), null);
    }

    static string InBase(BigInteger number, int radix)
    {
        number = BigInteger.Abs(number);
        if (number.IsZero) return "0";
        var digits = new StringBuilder();
        for (; !number.IsZero; number /= radix) digits.Insert(0, "0123456789abcdef"[(int)(number % radix)]);
        return digits.ToString();
    }
}
