using System.Globalization;

namespace Postern.Expressions;

/// <summary>datetime.timezone: a fixed offset from UTC.</summary>
internal sealed class TimeZoneValue(TimeSpan offset, string? name = null) : NativeObject
{
    public static readonly TimeZoneValue Utc = new(TimeSpan.Zero);

    public static readonly ScriptType ZoneType = new ScriptType("timezone") { Module = "datetime" };

    static TimeZoneValue() => ZoneType
        .New("offset, name=None", (_, a) => Make(a))
        .Method("utcoffset", "dt, /", (_, a) => new TimeDeltaValue(((TimeZoneValue)a[0]!).Offset))
        .Method("tzname", "dt, /", (_, a) => ((TimeZoneValue)a[0]!).Name)
        .Method("dst", "dt, /", (_, _) => null)
        .Constant("utc", Utc);

    public TimeSpan Offset { get; } = offset;

    public string Name => name ?? (Offset == TimeSpan.Zero ? "UTC" : "UTC" + OffsetText(Offset, ":"));

    protected internal override ScriptType Type => ZoneType;

    private static TimeZoneValue Make(ReadOnlySpan<object?> a)
    {
        if (a[0] is not TimeDeltaValue delta)
            throw TypeTable.TypeError($"timezone() argument 1 must be datetime.timedelta, not {Types.NameOf(a[0])}");
        if (Int128.Abs(delta.Micros) >= TimeDeltaValue.PerDay)
            throw TypeTable.ValueError($"offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {delta.Represent()}.");
        return a[1] is null && delta.Micros == 0 ? Utc : new TimeZoneValue(delta.Value, a[1] as string);
    }

    /// <summary>+hh:mm, with seconds where there are some.</summary>
    public static string OffsetText(TimeSpan offset, string separator)
    {
        var magnitude = offset.Duration();
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{magnitude.Hours:00}{separator}{magnitude.Minutes:00}");
        return magnitude.Seconds == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}{separator}{magnitude.Seconds:00}");
    }

    protected internal override bool IsEqualTo(object? other) => other is TimeZoneValue zone && zone.Offset == Offset;

    protected internal override int HashOf() => Offset.GetHashCode();

    protected internal override string Represent() => ReferenceEquals(this, Utc)
        ? "datetime.timezone.utc"
        : $"datetime.timezone({new TimeDeltaValue(Offset).Represent()}{(name is null ? "" : ", " + Representation.Of(name))})";

    protected internal override string ToText() => Name;
}
