using System.Numerics;

namespace Postern.Expressions;

/// <summary>The fields of f-strings, `format()` and `str.format`.</summary>
internal static class Formatting
{
    public static object? Field(object? value, char conversion, string spec)
    {
        switch (conversion)
        {
            case 'r':
                value = Representation.Of(value);
                break;
            case 's':
                value = Representation.Text(value);
                break;
            case 'a':
                value = Representation.Ascii(value);
                break;
        }

        return Apply(value, spec);
    }

    public static string Apply(object? value, string spec)
    {
        switch (value)
        {
            case string s when spec.Length == 0:
                return s;
            case HostObject host:
                return host.Format(spec);
        }

        if (spec.Length == 0)
            return Representation.Text(value);
        switch (value)
        {
            case string s:
                return OfText(s, FormatSpec.Parse(spec, value));
            case bool b:
                var parsed = FormatSpec.Parse(spec, value);
                return parsed.Type is '\0' or 's' ? OfBool(b, parsed) : NumberFormat.Integer(value, parsed);
            case long or BigInteger:
                return NumberFormat.Integer(value, FormatSpec.Parse(spec, value));
            case double d:
                return OfFloat(d, FormatSpec.Parse(spec, value));
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"unsupported format string passed to {Types.NameOf(value)}.__format__");
        }
    }

    private static string OfBool(bool value, FormatSpec spec) =>
        spec.Type == 's' ? throw spec.Unknown(value) : NumberFormat.Integer(value, spec);

    private static string OfFloat(double value, FormatSpec spec) =>
        spec.Type is '\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n' or '%' ? NumberFormat.Float(value, spec) : throw spec.Unknown(value);

    private static string OfText(string value, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 's'))
            throw spec.Unknown(value);
        if (spec.Sign != '-')
            throw FormatSpec.Error(spec.Sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        if (spec.NoNegativeZero)
            throw FormatSpec.Error("Negative zero coercion (z) not allowed in string format specifier");
        if (spec.Alternate)
            throw FormatSpec.Error("Alternate form (#) not allowed in string format specifier");
        if (spec.Align == '=')
            throw FormatSpec.Error("'=' alignment not allowed in string format specifier");
        if (spec.Grouping != '\0')
            throw FormatSpec.Error($"Cannot specify '{spec.Grouping}' with 's'.");
        if (spec.Precision >= 0 && spec.Precision < Text.Length(value))
            value = Text.Slice(value, 0, spec.Precision, 1);
        return spec.Pad("", value, '<');
    }

    public static string Join(ReadOnlySpan<object?> parts)
    {
        long length = 0;
        foreach (var part in parts)
            length += ((string)part!).Length;
        Machine.Charge(2 * length);
        return parts.Length switch
        {
            0 => "",
            2 => string.Concat((string)parts[0]!, (string)parts[1]!),
            3 => string.Concat((string)parts[0]!, (string)parts[1]!, (string)parts[2]!),
            _ => JoinAll(parts),
        };
    }

    private static string JoinAll(ReadOnlySpan<object?> parts)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            texts[i] = (string)parts[i]!;
        return string.Concat(texts);
    }
}
