using System.Globalization;

namespace Postern.Blueprints.Resolving;

/// <summary>One placeholder of a % format, such as <c>%-10s</c> or <c>%05.1f</c>.</summary>
internal readonly record struct FormatDirective(char Conversion, string Flags, int Width, int? Precision, string? Problem)
{
    const string Conversions = "diouxXeEfFgGcrsa%";

    /// <summary>Reads the placeholder whose text starts after the percent sign; <paramref name="end"/> is its last character.</summary>
    public static FormatDirective Parse(string format, int start, out int end)
    {
        var at = start;
        while (at < format.Length && "#0- +".Contains(format[at], StringComparison.Ordinal)) at++;
        var flags = format[start..at];
        var width = Number(format, ref at) ?? 0;
        int? precision = null;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = Number(format, ref at) ?? 0;
        }

        while (at < format.Length && "hlL".Contains(format[at], StringComparison.Ordinal)) at++;
        end = at;
        if (at >= format.Length) return Wrong("incomplete format");
        var conversion = format[at];
        if (conversion == '(') return Wrong("format requires a mapping");
        if (conversion == '*') return Wrong("* wants int");
        if (Conversions.Contains(conversion, StringComparison.Ordinal)) return new FormatDirective(conversion, flags, width, precision, null);
        return Wrong(string.Create(CultureInfo.InvariantCulture, $"unsupported format character '{conversion}' (0x{(int)conversion:x}) at index {at}"));
    }

    public string Cut(string text) => Precision is { } length && text.Length > length ? text[..length] : text;

    public string Sign(bool isNegative)
    {
        if (isNegative) return "-";
        if (Has('+')) return "+";
        return Has(' ') ? " " : string.Empty;
    }

    public string Prefix() => !Has('#') ? string.Empty : Conversion switch
    {
        'x' => "0x",
        'X' => "0X",
        'o' => "0o",
        _ => string.Empty,
    };

    public string Pad(string text)
    {
        if (Has('-')) return text.PadRight(Width);
        if (!Has('0') || Conversion is 's' or 'r' or 'a' or 'c') return text.PadLeft(Width);
        var head = text.Length > 0 && "+- ".Contains(text[0], StringComparison.Ordinal) ? 1 : 0;
        if (Prefix().Length > 0) head += 2;
        return text[..head] + text[head..].PadLeft(Math.Max(Width - head, 0), '0');
    }

    bool Has(char flag) => Flags.Contains(flag, StringComparison.Ordinal);

    static FormatDirective Wrong(string problem) => new('\0', string.Empty, 0, null, problem);

    static int? Number(string format, ref int at)
    {
        var start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at])) at++;
        if (at == start) return null;
        return int.TryParse(format.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }
}
