using System.Globalization;
using System.Text.RegularExpressions;

namespace Postern.Expressions;

/// <summary>ISO 8601 texts of dates and times, as isoformat writes and fromisoformat reads them.</summary>
internal static partial class IsoFormat
{
    public static string Write(DateTimeValue value, string separator, string precision) =>
        value.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator + Time(TimeOnly.FromDateTime(value.Value), precision) + Zone(value.Zone);

    public static string Zone(TimeZoneValue? zone) => zone is null ? "" : TimeZoneValue.OffsetText(zone.Offset, ":");

    public static string Time(TimeOnly time, string precision)
    {
        var micros = time.Ticks / 10 % 1_000_000;
        return precision switch
        {
            "auto" when micros == 0 => Text(time, "HH:mm:ss"),
            "auto" or "microseconds" => Text(time, "HH:mm:ss.ffffff"),
            "milliseconds" => Text(time, "HH:mm:ss.fff"),
            "seconds" => Text(time, "HH:mm:ss"),
            "minutes" => Text(time, "HH:mm"),
            "hours" => Text(time, "HH"),
            _ => throw TypeTable.ValueError("Unknown timespec value"),
        };
    }

    private static string Text(TimeOnly time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    public static DateOnly Date(string text)
    {
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        var week = WeekPattern().Match(text);
        if (!week.Success)
            throw Invalid(text);
        var day = week.Groups["d"].Success ? Number(week, "d") : 1;
        if (day is < 1 or > 7 || Number(week, "w") is < 1 or > 53)
            throw Invalid(text);
        return DateOnly.FromDateTime(ISOWeek.ToDateTime(Number(week, "y"), Number(week, "w"), (DayOfWeek)(day % 7)));
    }

    private static ScriptException Invalid(string text) => TypeTable.ValueError($"Invalid isoformat string: {Representation.Of(text)}");

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    public static DateTimeValue Parse(string text)
    {
        var length = DateLength(text);
        if (text.Length < length)
            throw Invalid(text);
        return text.Length == length ? new DateTimeValue(Date(text).ToDateTime(TimeOnly.MinValue), null) : WithTime(text, length);
    }

    // The separator may be any one character, so the shape of the date says where it ends.
    private static int DateLength(string text)
    {
        if (text.Length < 7)
            throw Invalid(text);
        if (text[4] == '-')
            return text[5] != 'W' || (text.Length > 8 && text[8] == '-') ? 10 : 8;
        return text[4] != 'W' || (text.Length > 7 && char.IsAsciiDigit(text[7])) ? 8 : 7;
    }

    private static DateTimeValue WithTime(string text, int length)
    {
        DateOnly date;
        try
        {
            date = Date(text[..length]);
        }
        catch (ScriptException)
        {
            throw Invalid(text);
        }

        var time = ReadTime(text[(length + 1)..], text);
        return new DateTimeValue(date.ToDateTime(time.Value), time.Zone);
    }

    public static TimeValue ParseTime(string text) => ReadTime(text.TrimStart('T'), text);

    private static TimeValue ReadTime(string text, string whole)
    {
        var match = TimePattern().Match(text);
        if (!match.Success)
            throw Invalid(whole);
        var fraction = match.Groups["f"].Success ? match.Groups["f"].Value.PadRight(6, '0')[..6] : "0";
        var time = Calendar.Time(
            Boxed.Int(Number(match, "h")), Boxed.Int(Number(match, "m")), Boxed.Int(Number(match, "s")),
            Boxed.Int(int.Parse(fraction, CultureInfo.InvariantCulture)));
        return new TimeValue(time, ReadZone(match));
    }

    private static TimeZoneValue? ReadZone(Match match)
    {
        if (match.Groups["z"].Success)
            return TimeZoneValue.Utc;
        if (!match.Groups["sign"].Success)
            return null;
        var offset = new TimeSpan(Number(match, "zh"), Number(match, "zm"), Number(match, "zs"));
        if (offset >= TimeSpan.FromDays(1))
            throw TypeTable.ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
        return offset == TimeSpan.Zero ? TimeZoneValue.Utc : new TimeZoneValue(match.Groups["sign"].Value is "-" ? -offset : offset);
    }

    [GeneratedRegex(@"^(?<y>\d{4})-?W(?<w>\d{2})(-?(?<d>\d))?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex WeekPattern();

    [GeneratedRegex(
        @"^(?<h>\d{2})(:?(?<m>\d{2})(:?(?<s>\d{2})([.,](?<f>\d+))?)?)?((?<z>Z)|(?<sign>[+-])(?<zh>\d{2})(:?(?<zm>\d{2})(:?(?<zs>\d{2})(\.\d+)?)?)?)?$",
        RegexOptions.ExplicitCapture, 100)]
    private static partial Regex TimePattern();
}
