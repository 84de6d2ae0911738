using System.Globalization;

namespace Postern.Expressions;

/// <summary>Checked construction of dates and times, with Python's messages.</summary>
internal static class Calendar
{
    private static readonly NamedTupleType IsoCalendarType = new("datetime.IsoCalendarDate", ["year", "week", "weekday"], []);

    public static DateOnly Date(object? year, object? month, object? day)
    {
        var (y, m, d) = (Part(year), Part(month), Part(day));
        if (y is < 1 or > 9999)
            throw TypeTable.ValueError($"year {y} is out of range");
        if (m is < 1 or > 12)
            throw TypeTable.ValueError("month must be in 1..12");
        if (d < 1 || d > DateTime.DaysInMonth((int)y, (int)m))
            throw TypeTable.ValueError("day is out of range for month");
        return new DateOnly((int)y, (int)m, (int)d);
    }

    private static long Part(object? value) => value is double
        ? throw TypeTable.TypeError("integer argument expected, got float")
        : Numbers.ToIndex(value);

    public static TimeOnly Time(object? hour, object? minute, object? second, object? microsecond)
    {
        var (h, m, s, u) = (Part(hour), Part(minute), Part(second), Part(microsecond));
        if (h is < 0 or > 23)
            throw TypeTable.ValueError("hour must be in 0..23");
        if (m is < 0 or > 59)
            throw TypeTable.ValueError("minute must be in 0..59");
        if (s is < 0 or > 59)
            throw TypeTable.ValueError("second must be in 0..59");
        if (u is < 0 or > 999_999)
            throw TypeTable.ValueError("microsecond must be in 0..999999");
        return new TimeOnly((int)h, (int)m, (int)s).Add(TimeSpan.FromTicks(u * 10));
    }

    public static DateOnly Replace(DateOnly value, ReadOnlySpan<object?> a) =>
        Date(Given(a[1], value.Year), Given(a[2], value.Month), Given(a[3], value.Day));

    /// <summary>An optional argument, or the present value.</summary>
    public static object? Given(object? value, int present) => value is Unbound ? Boxed.Int(present) : value;

    public static int Weekday(DateOnly date) => ((int)date.DayOfWeek + 6) % 7;

    public static ScriptTuple IsoCalendar(DateOnly date)
    {
        var moment = date.ToDateTime(TimeOnly.MinValue);
        return new ScriptTuple([Boxed.Int(ISOWeek.GetYear(moment)), Boxed.Int(ISOWeek.GetWeekOfYear(moment)), Boxed.Int(Weekday(date) + 1)], IsoCalendarType);
    }

    public static DateOnly FromOrdinal(object? ordinal)
    {
        var number = Numbers.ToIndex(ordinal);
        return number >= 1 && number <= DateOnly.MaxValue.DayNumber + 1
            ? DateOnly.FromDayNumber((int)number - 1)
            : throw TypeTable.ValueError("ordinal must be >= 1");
    }

    /// <summary>The UTC time of a POSIX timestamp, rounded to the microsecond.</summary>
    public static DateTime FromTimestamp(object? timestamp)
    {
        var seconds = Numbers.ToDouble(timestamp);
        if (double.IsNaN(seconds))
            throw TypeTable.ValueError("Invalid value NaN (not a number)");
        if (seconds is < -62_135_596_800 or >= 253_402_300_800)
            throw TypeTable.ValueError($"year {(seconds < 0 ? 0 : 10_000)} is out of range");
        var whole = Math.Floor(seconds);
        var micros = (long)Math.Round((seconds - whole) * 1e6, MidpointRounding.ToEven);
        return DateTime.UnixEpoch.AddTicks(((long)whole * TimeSpan.TicksPerSecond) + (micros * 10));
    }
}
