namespace Postern.Expressions;

/// <summary>A parsed format specification: [[fill]align][sign][z][#][0][width][grouping][.precision][type].</summary>
internal sealed record FormatSpec
{
    public const int MaxWidth = 1_000_000;

    private bool fillGiven;

    public string Fill { get; private set; } = " ";

    /// <summary>One of `&lt; &gt; ^ =`, or NUL for the default of the type.</summary>
    public char Align { get; private set; }

    public char Sign { get; private set; } = '-';

    public bool Alternate { get; private set; }

    public bool Zero { get; private set; }

    /// <summary>`z`: a negative zero is shown as zero.</summary>
    public bool NoNegativeZero { get; private set; }

    public int Width { get; private set; }

    public char Grouping { get; private set; }

    public int Precision { get; private set; } = -1;

    public char Type { get; private set; }

    public static FormatSpec Parse(string text, object? value)
    {
        var spec = new FormatSpec();
        var at = spec.ReadAlign(text);
        if (at < text.Length && text[at] is '+' or '-' or ' ')
            spec.Sign = text[at++];
        if (at < text.Length && text[at] == 'z')
        {
            spec.NoNegativeZero = true;
            at++;
        }

        if (at < text.Length && text[at] == '#')
        {
            spec.Alternate = true;
            at++;
        }

        if (at < text.Length && text[at] == '0')
        {
            spec.Zero = true;
            at++;
            spec.Fill = spec.fillGiven ? spec.Fill : "0";
            if (spec.Align == '\0')
                spec.Align = value is string ? '<' : '=';
        }

        spec.Width = Number(text, ref at) ?? 0;
        while (at < text.Length && text[at] is ',' or '_')
        {
            if (spec.Grouping != '\0')
                throw Error(text[at] == spec.Grouping ? $"Cannot specify '{spec.Grouping}' with '{text[at]}'." : "Cannot specify both ',' and '_'.");
            spec.Grouping = text[at++];
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            spec.Precision = Number(text, ref at) ?? throw Error("Format specifier missing precision");
        }

        if (at < text.Length - 1)
            throw Error($"Invalid format specifier '{text}' for object of type '{Types.NameOf(value)}'");
        if (at < text.Length)
            spec.Type = text[at];
        return spec;
    }

    private int ReadAlign(string text)
    {
        var width = text.Length > 0 ? Text.Width(text, 0) : 0;
        if (text.Length > width && text[width] is '<' or '>' or '=' or '^')
        {
            (Fill, Align) = (text[..width], text[width]);
            fillGiven = true;
            return width + 1;
        }

        if (text.Length == 0 || text[0] is not ('<' or '>' or '=' or '^'))
            return 0;
        Align = text[0];
        return 1;
    }

    private static int? Number(string text, ref int at)
    {
        var from = at;
        long number = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            number = (number * 10) + (text[at] - '0');
            if (number > int.MaxValue)
                throw Error("Too many decimal digits in format string");
        }

        if (at == from)
            return null;
        return number <= MaxWidth
            ? (int)number
            : throw new BudgetException(BudgetKind.Memory, $"a width or precision may be at most {MaxWidth}");
    }

    public static ScriptException Error(string message) => new(ExceptionTypes.ValueError, message);

    public ScriptException Unknown(object? value) =>
        Error($"Unknown format code '{Type}' for object of type '{Types.NameOf(value)}'");

    /// <summary>Pads text to the width; `=` padding goes between a number's prefix and its digits.</summary>
    public string Pad(string prefix, string body, char defaultAlign)
    {
        var missing = Width - Text.Length(prefix) - Text.Length(body);
        if (missing <= 0)
            return prefix + body;
        Machine.Charge(2L * Width);
        var align = Align == '\0' ? defaultAlign : Align;
        return align switch
        {
            '<' => prefix + body + Repeat(missing),
            '^' => Repeat(missing / 2) + prefix + body + Repeat(missing - (missing / 2)),
            '=' => prefix + Repeat(missing) + body,
            _ => Repeat(missing) + prefix + body,
        };
    }

    private string Repeat(int count) => Fill.Length == 1 ? new string(Fill[0], count) : string.Concat(Enumerable.Repeat(Fill, count));
}
