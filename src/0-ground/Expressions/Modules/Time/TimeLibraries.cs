namespace Postern.Expressions;

/// <summary>The modules `datetime` and `time`.</summary>
internal static class TimeLibraries
{
    private static readonly NamedTupleType StructTime = new(
        "time.struct_time", ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"], []);

    public static HostModule BuildDateTime() => new HostModule("datetime")
        .Set("date", DateValue.DateType)
        .Set("time", TimeValue.TimeType)
        .Set("datetime", DateTimeValue.DateTimeType)
        .Set("timedelta", TimeDeltaValue.DeltaType)
        .Set("timezone", TimeZoneValue.ZoneType)
        .Set("tzinfo", TimeZoneValue.ZoneType)
        .Set("UTC", TimeZoneValue.Utc)
        .Set("MINYEAR", 1)
        .Set("MAXYEAR", 9999);

    public static HostModule BuildTime()
    {
        for (var i = 0; i < StructTime.Fields.Length; i++)
        {
            var index = i;
            StructTime.Type.Getter(StructTime.Fields[i], t => ((ScriptTuple)t)[index]);
        }

        return new HostModule("time")
            .Def("time", "", (m, _) => (m.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 1e7)
            .Def("time_ns", "", (m, _) => Boxed.Int((m.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100))
            .Def("monotonic", "", (m, _) => m.Time.GetTimestamp() / (double)m.Time.TimestampFrequency)
            .Def("perf_counter", "", (m, _) => m.Time.GetTimestamp() / (double)m.Time.TimestampFrequency)
            .Def("gmtime", "secs=None, /", (m, a) => Split(Moment(m, a[0])))
            .Def("localtime", "secs=None, /", (m, a) => Split(Moment(m, a[0])))
            .Def("mktime", "t, /", (_, a) => (double)((Join(a[0]) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond))
            .Def("strftime", "format, t=?, /", (m, a) => DateFormat.Write(TypeTable.Text(a[0], "strftime", 1), a[1] is Unbound ? Moment(m, null) : Join(a[1]), TimeZoneValue.Utc))
            .Def("sleep", "secs, /", (_, _) => throw TypeTable.TypeError("time.sleep is not part of the expression language"))
            .Set("timezone", 0);
    }

    private static DateTime Moment(Machine machine, object? seconds) => seconds is null ? machine.Time.GetUtcNow().UtcDateTime : Calendar.FromTimestamp(seconds);

    private static ScriptTuple Split(DateTime t) => new(
        [
            Boxed.Int(t.Year), Boxed.Int(t.Month), Boxed.Int(t.Day), Boxed.Int(t.Hour), Boxed.Int(t.Minute), Boxed.Int(t.Second),
            Boxed.Int(Calendar.Weekday(DateOnly.FromDateTime(t))), Boxed.Int(t.DayOfYear), Boxed.Int(0),
        ],
        StructTime);

    private static DateTime Join(object? value)
    {
        if (value is not ScriptTuple { Count: 9 } t)
            throw TypeTable.TypeError("Tuple or struct_time argument required");
        return Calendar.Date(t[0], t[1], t[2]).ToDateTime(Calendar.Time(t[3], t[4], t[5], Boxed.Int(0)));
    }
}
