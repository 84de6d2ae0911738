using System.Globalization;

namespace Postern.Expressions;

/// <summary>datetime.datetime; the local time zone of scripts is UTC.</summary>
internal sealed class DateTimeValue(DateTime value, TimeZoneValue? zone) : NativeObject
{
    public static readonly ScriptType DateTimeType = DateTimeMembers.Declare();

    public DateTime Value { get; } = new(value.Ticks - (value.Ticks % 10), DateTimeKind.Unspecified);

    public TimeZoneValue? Zone { get; } = zone;

    protected internal override ScriptType Type => DateTimeType;

    public static DateTimeValue From(DateTimeOffset moment) =>
        new(moment.DateTime, moment.Offset == TimeSpan.Zero ? TimeZoneValue.Utc : new TimeZoneValue(moment.Offset));

    public DateTimeOffset ToDateTimeOffset() => new(DateTime.SpecifyKind(Value, DateTimeKind.Unspecified), Zone?.Offset ?? TimeSpan.Zero);

    /// <summary>Microseconds since the beginning of the calendar, in UTC when the zone is known.</summary>
    public long Micros => (Value.Ticks / 10) - ((Zone?.Offset.Ticks ?? 0) / 10);

    public int Microsecond => (int)(Value.Ticks / 10 % 1_000_000);

    public DateTimeValue Shifted(Int128 micros)
    {
        var ticks = Value.Ticks + (micros * 10);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeValue(new DateTime((long)ticks), Zone)
            : throw new ScriptException(ExceptionTypes.OverflowError, "date value out of range");
    }

    internal override bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, TimeDeltaValue delta) => Shifted(delta.Micros),
            (BinaryOperator.Subtract, TimeDeltaValue delta) when !reflected => Shifted(-delta.Micros),
            (BinaryOperator.Subtract, DateTimeValue moment) when !reflected => Difference(moment),
            _ => null,
        };
        return result is not null;
    }

    private TimeDeltaValue Difference(DateTimeValue other) => other.Zone is null == Zone is null
        ? new TimeDeltaValue((Int128)Micros - other.Micros)
        : throw TypeTable.TypeError("can't subtract offset-naive and offset-aware datetimes");

    protected internal override bool IsEqualTo(object? other) =>
        other is DateTimeValue moment && moment.Zone is null == Zone is null && moment.Micros == Micros;

    protected internal override int HashOf() => Micros.GetHashCode();

    protected internal override int? CompareTo(object? other) => other switch
    {
        DateTimeValue moment when moment.Zone is null == Zone is null => Micros.CompareTo(moment.Micros),
        DateTimeValue => throw TypeTable.TypeError("can't compare offset-naive and offset-aware datetimes"),
        DateValue => throw TypeTable.TypeError("can't compare datetime.datetime to datetime.date"),
        _ => null,
    };

    public static string Parts(TimeOnly time)
    {
        var micros = time.Ticks / 10 % 1_000_000;
        var text = string.Create(CultureInfo.InvariantCulture, $"{time.Hour}, {time.Minute}");
        if (time.Second != 0 || micros != 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {time.Second}");
        return micros == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}, {micros}");
    }

    protected internal override string Represent() => string.Create(
        CultureInfo.InvariantCulture,
        $"datetime.datetime({Value.Year}, {Value.Month}, {Value.Day}, {Parts(TimeOnly.FromDateTime(Value))}{(Zone is null ? "" : ", tzinfo=" + Zone.Represent())})");

    protected internal override string ToText() => IsoFormat.Write(this, " ", "auto");

    protected internal override string Format(string specification) =>
        specification.Length == 0 ? ToText() : DateFormat.Write(specification, Value, Zone);
}
