using System.Globalization;

namespace Postern.Expressions;

/// <summary>datetime.date.</summary>
internal sealed class DateValue(DateOnly value) : NativeObject
{
    public static readonly ScriptType DateType = new ScriptType("date") { Module = "datetime" };

    static DateValue() => DateType
        .New("year, month, day", (_, a) => new DateValue(Calendar.Date(a[0], a[1], a[2])))
        .Method("isoformat", "", (_, a) => Self(a).ToText())
        .Method("strftime", "format", (_, a) => DateFormat.Write(TypeTable.Text(a[1], "strftime"), Self(a).Value.ToDateTime(TimeOnly.MinValue), null))
        .Method("weekday", "", (_, a) => Boxed.Int(Calendar.Weekday(Self(a).Value)))
        .Method("isoweekday", "", (_, a) => Boxed.Int(Calendar.Weekday(Self(a).Value) + 1))
        .Method("isocalendar", "", (_, a) => Calendar.IsoCalendar(Self(a).Value))
        .Method("toordinal", "", (_, a) => Boxed.Int(Self(a).Value.DayNumber + 1))
        .Method("replace", "year=?, month=?, day=?", (_, a) => new DateValue(Calendar.Replace(Self(a).Value, a)))
        .Method("ctime", "", (_, a) => DateFormat.Write("%a %b %e %H:%M:%S %Y", Self(a).Value.ToDateTime(TimeOnly.MinValue), null))
        .Getter("year", d => Boxed.Int(((DateValue)d).Value.Year))
        .Getter("month", d => Boxed.Int(((DateValue)d).Value.Month))
        .Getter("day", d => Boxed.Int(((DateValue)d).Value.Day))
        .Static("today", "", (m, _) => new DateValue(DateOnly.FromDateTime(m.Time.GetUtcNow().DateTime)))
        .Static("fromisoformat", "date_string, /", (_, a) => new DateValue(IsoFormat.Date(TypeTable.Text(a[0], "fromisoformat"))))
        .Static("fromtimestamp", "timestamp, /", (_, a) => new DateValue(DateOnly.FromDateTime(Calendar.FromTimestamp(a[0]))))
        .Static("fromordinal", "ordinal, /", (_, a) => new DateValue(Calendar.FromOrdinal(a[0])))
        .Constant("min", new DateValue(DateOnly.MinValue))
        .Constant("max", new DateValue(DateOnly.MaxValue));

    public DateOnly Value { get; } = value;

    protected internal override ScriptType Type => DateType;

    private static DateValue Self(ReadOnlySpan<object?> a) => (DateValue)a[0]!;

    internal override bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, TimeDeltaValue delta) => Shifted(delta.WholeDays),
            (BinaryOperator.Subtract, TimeDeltaValue delta) when !reflected => Shifted(-delta.WholeDays),
            (BinaryOperator.Subtract, DateValue date) when !reflected => new TimeDeltaValue((Int128)(Value.DayNumber - date.Value.DayNumber) * TimeDeltaValue.PerDay),
            _ => null,
        };
        return result is not null;
    }

    // Only the days of a delta count, so that a date less 25 hours is a day earlier.
    private DateValue Shifted(long days)
    {
        var number = Value.DayNumber + days;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? new DateValue(DateOnly.FromDayNumber((int)number))
            : throw new ScriptException(ExceptionTypes.OverflowError, "date value out of range");
    }

    protected internal override bool IsEqualTo(object? other) => other is DateValue date && date.Value == Value;

    protected internal override int HashOf() => Value.GetHashCode();

    protected internal override int? CompareTo(object? other) => other is DateValue date ? Value.CompareTo(date.Value) : null;

    protected internal override string Represent() =>
        string.Create(CultureInfo.InvariantCulture, $"datetime.date({Value.Year}, {Value.Month}, {Value.Day})");

    protected internal override string ToText() => Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected internal override string Format(string specification) =>
        specification.Length == 0 ? ToText() : DateFormat.Write(specification, Value.ToDateTime(TimeOnly.MinValue), null);
}
