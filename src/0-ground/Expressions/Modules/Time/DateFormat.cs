using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>strftime in the C locale.</summary>
internal static class DateFormat
{
    public static string Write(string format, DateTime value, TimeZoneValue? zone)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            i++;
            var unpadded = format[i] == '-' && i + 1 < format.Length;
            if (unpadded)
                i++;
            var part = Directive(format[i], value, zone);
            text.Append(unpadded && part.Length > 1 ? part.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed : "0" : part);
        }

        return text.ToString();
    }

    private static string Directive(char directive, DateTime value, TimeZoneValue? zone) => directive switch
    {
        'a' => Net(value, "ddd"),
        'A' => Net(value, "dddd"),
        'b' or 'h' => Net(value, "MMM"),
        'B' => Net(value, "MMMM"),
        'c' => Write("%a %b %e %H:%M:%S %Y", value, zone),
        'd' => Net(value, "dd"),
        'D' or 'x' => Write("%m/%d/%y", value, zone),
        'e' => value.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'f' => (value.Ticks / 10 % 1_000_000).ToString("000000", CultureInfo.InvariantCulture),
        'F' => Write("%Y-%m-%d", value, zone),
        'G' => ISOWeek.GetYear(value).ToString(CultureInfo.InvariantCulture),
        'H' => Net(value, "HH"),
        'I' => Net(value, "hh"),
        'j' => value.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'm' => Net(value, "MM"),
        'M' => Net(value, "mm"),
        'n' => "\n",
        'p' => value.Hour < 12 ? "AM" : "PM",
        'R' => Write("%H:%M", value, zone),
        's' => ((value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture),
        'S' => Net(value, "ss"),
        't' => "\t",
        'T' or 'X' => Write("%H:%M:%S", value, zone),
        'u' => (Calendar.Weekday(DateOnly.FromDateTime(value)) + 1).ToString(CultureInfo.InvariantCulture),
        'U' => Week(value, (int)value.DayOfWeek),
        'V' => ISOWeek.GetWeekOfYear(value).ToString("00", CultureInfo.InvariantCulture),
        'w' => ((int)value.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'W' => Week(value, Calendar.Weekday(DateOnly.FromDateTime(value))),
        'y' => Net(value, "yy"),
        'Y' => value.Year.ToString(CultureInfo.InvariantCulture),
        'z' => zone is null ? "" : TimeZoneValue.OffsetText(zone.Offset, ""),
        'Z' => zone is null ? "" : zone.Name,
        '%' => "%",
        _ => "%" + directive,
    };

    private static string Net(DateTime value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Week(DateTime value, int weekday) =>
        ((value.DayOfYear - 1 + 7 - weekday) / 7).ToString("00", CultureInfo.InvariantCulture);
}
