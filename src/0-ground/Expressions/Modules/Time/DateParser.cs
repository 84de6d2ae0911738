using System.Globalization;

namespace Postern.Expressions;

/// <summary>strptime in the C locale.</summary>
internal sealed class DateParser
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    private readonly string text;
    private readonly string format;
    private int at;
    private long year = 1900;
    private long month = 1;
    private long day = 1;
    private long hour;
    private long minute;
    private long second;
    private long micros;
    private long dayOfYear;
    private bool? afternoon;
    private TimeZoneValue? zone;

    private DateParser(string text, string format) => (this.text, this.format) = (text, format);

    public static DateTimeValue Parse(string text, string format) => new DateParser(text, format).Read();

    private DateTimeValue Read()
    {
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (char.IsWhiteSpace(c))
                SkipSpace();
            else if (c != '%')
                Expect(c);
            else if (++i < format.Length)
                Directive(format[i]);
            else
                throw TypeTable.ValueError($"stray % in format '{format}'");
        }

        if (at < text.Length)
            throw TypeTable.ValueError($"unconverted data remains: {text[at..]}");
        if (afternoon is { } pm)
            hour = (hour % 12) + (pm ? 12 : 0);
        var date = Calendar.Date(Boxed.Int(year), Boxed.Int(month), Boxed.Int(day));
        if (dayOfYear > 0)
            date = new DateOnly((int)year, 1, 1).AddDays((int)dayOfYear - 1);
        return new DateTimeValue(date.ToDateTime(Calendar.Time(Boxed.Int(hour), Boxed.Int(minute), Boxed.Int(second), Boxed.Int(micros))), zone);
    }

    private ScriptException Mismatch() =>
        TypeTable.ValueError($"time data {Representation.Of(text)} does not match format {Representation.Of(format)}");

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private void Expect(char c)
    {
        if (at >= text.Length || char.ToLowerInvariant(text[at]) != char.ToLowerInvariant(c))
            throw Mismatch();
        at++;
    }

    private void Directive(char c)
    {
        switch (c)
        {
            case 'Y': year = Number(4, 4); break;
            case 'y':
                var two = Number(2, 2);
                year = two < 69 ? 2000 + two : 1900 + two;
                break;
            case 'm': month = Within(Number(1, 2), 1, 12); break;
            case 'd' or 'e': day = Within(Number(1, 2), 1, 31); break;
            case 'H': hour = Within(Number(1, 2), 0, 23); break;
            case 'I': hour = Within(Number(1, 2), 1, 12); break;
            case 'M': minute = Within(Number(1, 2), 0, 59); break;
            case 'S': second = Within(Number(1, 2), 0, 61); break;
            case 'j': dayOfYear = Within(Number(1, 3), 1, 366); break;
            case 'f': Fraction(); break;
            case 'b' or 'h': month = Named(Months, 3) + 1; break;
            case 'B': month = Named(Months, 0) + 1; break;
            case 'a': Named(Days, 3); break;
            case 'A': Named(Days, 0); break;
            case 'p': afternoon = Named(["AM", "PM"], 0) == 1; break;
            case 'z': Offset(); break;
            case 'Z': ZoneName(); break;
            case 'T' or 'X': Sub("%H:%M:%S"); break;
            case 'D' or 'x': Sub("%m/%d/%y"); break;
            case 'F': Sub("%Y-%m-%d"); break;
            case '%': Expect('%'); break;
            default: throw TypeTable.ValueError($"'{c}' is a bad directive in format {Representation.Of(format)}");
        }
    }

    private void Sub(string inner)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '%')
                Directive(inner[++i]);
            else
                Expect(inner[i]);
        }
    }

    private long Number(int least, int most)
    {
        var from = at;
        while (at < text.Length && at - from < most && char.IsAsciiDigit(text[at]))
            at++;
        return at - from >= least ? long.Parse(text.AsSpan(from, at - from), CultureInfo.InvariantCulture) : throw Mismatch();
    }

    private long Within(long value, long least, long most) => value >= least && value <= most ? value : throw Mismatch();

    private void Fraction()
    {
        var from = at;
        Number(1, 6);
        micros = long.Parse(text[from..at].PadRight(6, '0'), CultureInfo.InvariantCulture);
    }

    private int Named(string[] names, int length)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = length > 0 ? names[i][..length] : names[i];
            if (text.Length - at < name.Length || string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0)
                continue;
            at += name.Length;
            return i;
        }

        throw Mismatch();
    }

    private void Offset()
    {
        if (at < text.Length && text[at] == 'Z')
        {
            at++;
            zone = TimeZoneValue.Utc;
            return;
        }

        var negative = at < text.Length && text[at] == '-';
        if (at >= text.Length || text[at] is not ('+' or '-'))
            throw Mismatch();
        at++;
        var hours = Number(2, 2);
        if (at < text.Length && text[at] == ':')
            at++;
        var offset = new TimeSpan((int)hours, (int)Within(Number(2, 2), 0, 59), 0);
        zone = offset == TimeSpan.Zero ? TimeZoneValue.Utc : new TimeZoneValue(negative ? -offset : offset);
    }

    // A name is recognised and, as in Python, gives no zone.
    private void ZoneName()
    {
        foreach (var name in (string[])["UTC", "GMT"])
        {
            if (string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0)
                continue;
            at += name.Length;
            return;
        }

        throw Mismatch();
    }
}
