using System.Globalization;

namespace Postern.Expressions;

/// <summary>datetime.time.</summary>
internal sealed class TimeValue(TimeOnly value, TimeZoneValue? zone) : NativeObject
{
    public static readonly ScriptType TimeType = new ScriptType("time") { Module = "datetime" };

    static TimeValue() => TimeType
        .New("hour=0, minute=0, second=0, microsecond=0, tzinfo=None", (_, a) => new TimeValue(Calendar.Time(a[0], a[1], a[2], a[3]), (TimeZoneValue?)a[4]))
        .Method("isoformat", "timespec='auto'", (_, a) => IsoFormat.Time(Self(a).Value, TypeTable.Text(a[1], "isoformat")) + IsoFormat.Zone(Self(a).Zone))
        .Method("strftime", "format", (_, a) => DateFormat.Write(TypeTable.Text(a[1], "strftime"), new DateOnly(1900, 1, 1).ToDateTime(Self(a).Value), Self(a).Zone))
        .Method("replace", "hour=?, minute=?, second=?, microsecond=?, tzinfo=?", (_, a) => Self(a).Replaced(a))
        .Method("utcoffset", "", (_, a) => Self(a).Zone is { } z ? new TimeDeltaValue(z.Offset) : null)
        .Method("tzname", "", (_, a) => Self(a).Zone?.Name)
        .Static("fromisoformat", "time_string, /", (_, a) => IsoFormat.ParseTime(TypeTable.Text(a[0], "fromisoformat")))
        .Getter("hour", t => Boxed.Int(((TimeValue)t).Value.Hour))
        .Getter("minute", t => Boxed.Int(((TimeValue)t).Value.Minute))
        .Getter("second", t => Boxed.Int(((TimeValue)t).Value.Second))
        .Getter("microsecond", t => Boxed.Int(((TimeValue)t).Value.Ticks / 10 % 1_000_000))
        .Getter("tzinfo", t => ((TimeValue)t).Zone);

    public TimeOnly Value { get; } = value;

    public TimeZoneValue? Zone { get; } = zone;

    protected internal override ScriptType Type => TimeType;

    private static TimeValue Self(ReadOnlySpan<object?> a) => (TimeValue)a[0]!;

    private TimeValue Replaced(ReadOnlySpan<object?> a) => new(
        Calendar.Time(
            Calendar.Given(a[1], Value.Hour), Calendar.Given(a[2], Value.Minute), Calendar.Given(a[3], Value.Second),
            Calendar.Given(a[4], (int)(Value.Ticks / 10 % 1_000_000))),
        a[5] is Unbound ? Zone : (TimeZoneValue?)a[5]);

    private TimeSpan Moment => Value.ToTimeSpan() - (Zone?.Offset ?? TimeSpan.Zero);

    protected internal override bool IsEqualTo(object? other) => other is TimeValue time && time.Zone is null == Zone is null && time.Moment == Moment;

    protected internal override int HashOf() => Moment.GetHashCode();

    protected internal override int? CompareTo(object? other)
    {
        if (other is not TimeValue time)
            return null;
        return time.Zone is null == Zone is null ? Moment.CompareTo(time.Moment) : throw TypeTable.TypeError("can't compare offset-naive and offset-aware times");
    }

    protected internal override string Represent() =>
        $"datetime.time({DateTimeValue.Parts(Value)}{(Zone is null ? "" : ", tzinfo=" + Zone.Represent())})";

    protected internal override string ToText() => IsoFormat.Time(Value, "auto") + IsoFormat.Zone(Zone);

    protected internal override string Format(string specification) =>
        specification.Length == 0 ? ToText() : DateFormat.Write(specification, new DateOnly(1900, 1, 1).ToDateTime(Value), Zone);
}
