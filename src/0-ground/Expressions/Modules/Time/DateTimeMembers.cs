namespace Postern.Expressions;

/// <summary>Constructor, methods and attributes of datetime.datetime.</summary>
internal static class DateTimeMembers
{
    private static DateTimeValue Self(ReadOnlySpan<object?> a) => (DateTimeValue)a[0]!;

    public static ScriptType Declare()
    {
        var type = new ScriptType("datetime", DateValue.DateType) { Module = "datetime" };
        type.New("year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0", (_, a) => Make(a))
            .Method("isoformat", "sep='T', timespec='auto'", (_, a) => IsoFormat.Write(Self(a), TypeTable.Text(a[1], "isoformat"), TypeTable.Text(a[2], "isoformat")))
            .Method("strftime", "format", (_, a) => DateFormat.Write(TypeTable.Text(a[1], "strftime"), Self(a).Value, Self(a).Zone))
            .Method("timestamp", "", (_, a) => (Self(a).Micros - (DateTime.UnixEpoch.Ticks / 10)) / 1e6)
            .Method("date", "", (_, a) => new DateValue(DateOnly.FromDateTime(Self(a).Value)))
            .Method("time", "", (_, a) => new TimeValue(TimeOnly.FromDateTime(Self(a).Value), null))
            .Method("timetz", "", (_, a) => new TimeValue(TimeOnly.FromDateTime(Self(a).Value), Self(a).Zone))
            .Method("replace", "year=?, month=?, day=?, hour=?, minute=?, second=?, microsecond=?, tzinfo=?", (_, a) => Replace(Self(a), a))
            .Method("astimezone", "tz=None", (_, a) => InZone(Self(a), Zone(a[1]) ?? TimeZoneValue.Utc))
            .Method("utcoffset", "", (_, a) => Self(a).Zone is { } z ? new TimeDeltaValue(z.Offset) : null)
            .Method("tzname", "", (_, a) => Self(a).Zone?.Name)
            .Method("dst", "", (_, _) => null)
            .Method("weekday", "", (_, a) => Boxed.Int(Calendar.Weekday(DateOnly.FromDateTime(Self(a).Value))))
            .Method("isoweekday", "", (_, a) => Boxed.Int(Calendar.Weekday(DateOnly.FromDateTime(Self(a).Value)) + 1))
            .Method("isocalendar", "", (_, a) => Calendar.IsoCalendar(DateOnly.FromDateTime(Self(a).Value)))
            .Method("toordinal", "", (_, a) => Boxed.Int(DateOnly.FromDateTime(Self(a).Value).DayNumber + 1))
            .Method("ctime", "", (_, a) => DateFormat.Write("%a %b %e %H:%M:%S %Y", Self(a).Value, null));
        Getters(type);
        Statics(type);
        return type;
    }

    private static void Getters(ScriptType type) => type
        .Getter("year", d => Boxed.Int(((DateTimeValue)d).Value.Year))
        .Getter("month", d => Boxed.Int(((DateTimeValue)d).Value.Month))
        .Getter("day", d => Boxed.Int(((DateTimeValue)d).Value.Day))
        .Getter("hour", d => Boxed.Int(((DateTimeValue)d).Value.Hour))
        .Getter("minute", d => Boxed.Int(((DateTimeValue)d).Value.Minute))
        .Getter("second", d => Boxed.Int(((DateTimeValue)d).Value.Second))
        .Getter("microsecond", d => Boxed.Int(((DateTimeValue)d).Microsecond))
        .Getter("tzinfo", d => ((DateTimeValue)d).Zone)
        .Getter("fold", _ => Boxed.Int(0));

    private static void Statics(ScriptType type) => type
        .Static("now", "tz=None", (m, a) => Now(m, Zone(a[0])))
        .Static("today", "", (m, _) => Now(m, null))
        .Static("utcnow", "", (m, _) => Now(m, null))
        .Static("fromtimestamp", "timestamp, tz=None", (_, a) => AtOffset(Calendar.FromTimestamp(a[0]), Zone(a[1])))
        .Static("utcfromtimestamp", "timestamp, /", (_, a) => new DateTimeValue(Calendar.FromTimestamp(a[0]), null))
        .Static("fromisoformat", "date_string, /", (_, a) => IsoFormat.Parse(TypeTable.Text(a[0], "fromisoformat")))
        .Static("strptime", "date_string, format, /", (_, a) => DateParser.Parse(TypeTable.Text(a[0], "strptime", 1), TypeTable.Text(a[1], "strptime", 2)))
        .Static("combine", "date, time, tzinfo=?", (_, a) => Combine(a))
        .Static("fromordinal", "ordinal, /", (_, a) => new DateTimeValue(Calendar.FromOrdinal(a[0]).ToDateTime(TimeOnly.MinValue), null))
        .Constant("min", new DateTimeValue(DateTime.MinValue, null))
        .Constant("max", new DateTimeValue(DateTime.MaxValue, null));

    private static TimeZoneValue? Zone(object? value) => value switch
    {
        null => null,
        TimeZoneValue zone => zone,
        _ => throw TypeTable.TypeError($"tzinfo argument must be None or of a tzinfo subclass, not type '{Types.NameOf(value)}'"),
    };

    private static DateTimeValue Make(ReadOnlySpan<object?> a) =>
        new(Calendar.Date(a[0], a[1], a[2]).ToDateTime(Calendar.Time(a[3], a[4], a[5], a[6])), Zone(a[7]));

    private static DateTimeValue Now(Machine machine, TimeZoneValue? zone) => AtOffset(machine.Time.GetUtcNow().UtcDateTime, zone);

    private static DateTimeValue AtOffset(DateTime utc, TimeZoneValue? zone)
    {
        var value = new DateTimeValue(utc, null);
        return zone is null ? value : new DateTimeValue(value.Shifted(zone.Offset.Ticks / 10).Value, zone);
    }

    private static DateTimeValue InZone(DateTimeValue value, TimeZoneValue zone) =>
        new(value.Shifted((zone.Offset.Ticks - (value.Zone?.Offset.Ticks ?? 0)) / 10).Value, zone);

    private static DateTimeValue Replace(DateTimeValue value, ReadOnlySpan<object?> a)
    {
        var date = Calendar.Date(Calendar.Given(a[1], value.Value.Year), Calendar.Given(a[2], value.Value.Month), Calendar.Given(a[3], value.Value.Day));
        var time = Calendar.Time(
            Calendar.Given(a[4], value.Value.Hour), Calendar.Given(a[5], value.Value.Minute), Calendar.Given(a[6], value.Value.Second),
            Calendar.Given(a[7], value.Microsecond));
        return new DateTimeValue(date.ToDateTime(time), a[8] is Unbound ? value.Zone : Zone(a[8]));
    }

    private static DateTimeValue Combine(ReadOnlySpan<object?> a)
    {
        var date = a[0] switch
        {
            DateValue d => d.Value,
            DateTimeValue t => DateOnly.FromDateTime(t.Value),
            _ => throw TypeTable.TypeError($"combine() argument 1 must be datetime.date, not {Types.NameOf(a[0])}"),
        };
        var time = a[1] as TimeValue ?? throw TypeTable.TypeError($"combine() argument 2 must be datetime.time, not {Types.NameOf(a[1])}");
        return new DateTimeValue(date.ToDateTime(time.Value), a[2] is Unbound ? time.Zone : Zone(a[2]));
    }
}
