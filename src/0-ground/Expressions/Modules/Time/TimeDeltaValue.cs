using System.Globalization;
using System.Numerics;

namespace Postern.Expressions;

/// <summary>datetime.timedelta, to the microsecond.</summary>
internal sealed class TimeDeltaValue : NativeObject
{
    public const long PerSecond = 1_000_000;
    public const long PerDay = 86_400 * PerSecond;
    private const long MaxDays = 999_999_999;

    private static readonly string[] Units = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

    public static readonly ScriptType DeltaType = new ScriptType("timedelta") { Module = "datetime" }
        .New("days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0", (_, a) => Make(a))
        .Method("total_seconds", "", (_, a) => (double)((TimeDeltaValue)a[0]!).Micros / PerSecond)
        .Getter("days", d => Boxed.Int(((TimeDeltaValue)d).WholeDays))
        .Getter("seconds", d => Boxed.Int(((TimeDeltaValue)d).Seconds))
        .Getter("microseconds", d => Boxed.Int(((TimeDeltaValue)d).Microseconds));

    static TimeDeltaValue() => DeltaType
        .Constant("min", new TimeDeltaValue(-MaxDays * (Int128)PerDay))
        .Constant("max", new TimeDeltaValue(((MaxDays + 1) * (Int128)PerDay) - 1))
        .Constant("resolution", new TimeDeltaValue((Int128)1));

    public TimeDeltaValue(Int128 micros)
    {
        var days = micros >= 0 ? micros / PerDay : -((-micros + PerDay - 1) / PerDay);
        if (days > MaxDays || days < -MaxDays)
            throw new ScriptException(ExceptionTypes.OverflowError, $"days={days}; must have magnitude <= 999999999");
        Micros = micros;
    }

    public TimeDeltaValue(TimeSpan value)
        : this((Int128)(value.Ticks / 10))
    {
    }

    public Int128 Micros { get; }

    public long WholeDays => (long)((Micros - Remainder) / PerDay);

    private long Remainder => (long)(((Micros % PerDay) + PerDay) % PerDay);

    private long Seconds => Remainder / PerSecond;

    private long Microseconds => Remainder % PerSecond;

    public TimeSpan Value => new((long)Math.Clamp((double)Micros * 10, long.MinValue, long.MaxValue));

    protected internal override ScriptType Type => DeltaType;

    protected internal override bool IsTrue => Micros != 0;

    private static TimeDeltaValue Make(ReadOnlySpan<object?> a)
    {
        long[] units = [PerDay, PerSecond, 1, 1000, 60 * PerSecond, 3600 * PerSecond, 7 * PerDay];
        var whole = BigInteger.Zero;
        var fraction = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            if (Numbers.TryBig(a[i], out var integer))
                whole += integer * units[i];
            else if (a[i] is double number)
            {
                if (!double.IsFinite(number))
                    Numbers.FromDouble(number);
                var truncated = Math.Truncate(number);
                whole += new BigInteger(truncated) * units[i];
                fraction += (number - truncated) * units[i];
            }
            else
                throw TypeTable.TypeError($"unsupported type for timedelta {Units[i]} component: {Types.NameOf(a[i])}");
        }

        whole += new BigInteger(Math.Round(fraction, MidpointRounding.ToEven));
        return FromBig(whole);
    }

    private static TimeDeltaValue FromBig(BigInteger micros) => BigInteger.Abs(micros) < new BigInteger(PerDay) * (MaxDays + 2)
        ? new TimeDeltaValue((Int128)micros)
        : throw new ScriptException(
            ExceptionTypes.OverflowError,
            BigInteger.Abs(micros / PerDay) > int.MaxValue
                ? "Python int too large to convert to C int"
                : $"days={micros / PerDay}; must have magnitude <= 999999999");

    internal override bool TryNegate(out object? result)
    {
        result = new TimeDeltaValue(-Micros);
        return true;
    }

    internal override bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = other switch
        {
            TimeDeltaValue delta => OperateDelta(op, reflected ? delta : this, reflected ? this : delta),
            long or bool or BigInteger or double => OperateNumber(op, other, reflected),
            _ => null,
        };
        return result is not null;
    }

    private static object? OperateDelta(BinaryOperator op, TimeDeltaValue a, TimeDeltaValue b)
    {
        if (op is BinaryOperator.Add)
            return new TimeDeltaValue(a.Micros + b.Micros);
        if (op is BinaryOperator.Subtract)
            return new TimeDeltaValue(a.Micros - b.Micros);
        if (op is BinaryOperator.Divide)
            return IntegerArithmetic.Apply(op, (BigInteger)a.Micros, (BigInteger)b.Micros);
        if (op is not (BinaryOperator.FloorDivide or BinaryOperator.Modulo))
            return null;
        var (quotient, rest) = IntegerArithmetic.FloorDivide(a.Micros, b.Micros);
        return op is BinaryOperator.FloorDivide ? Numbers.Normalise(quotient) : FromBig(rest);
    }

    private TimeDeltaValue? OperateNumber(BinaryOperator op, object number, bool reflected)
    {
        if (op is BinaryOperator.Multiply)
        {
            return number is double d
                ? FromBig(new BigInteger(Math.Round((double)Micros * d, MidpointRounding.ToEven)))
                : Numbers.TryBig(number, out var factor) ? FromBig(Micros * factor) : null;
        }

        if (reflected || op is not (BinaryOperator.Divide or BinaryOperator.FloorDivide))
            return null;
        if (op is BinaryOperator.FloorDivide)
            return Numbers.TryBig(number, out var by) ? FromBig(IntegerArithmetic.FloorDivide(Micros, by).Quotient) : null;
        var divisor = Numbers.ToDouble(number);
        if (divisor == 0)
            throw new ScriptException(ExceptionTypes.ZeroDivisionError, number is double ? "float division by zero" : "division by zero");
        return FromBig(new BigInteger(Math.Round((double)Micros / divisor, MidpointRounding.ToEven)));
    }

    protected internal override bool IsEqualTo(object? other) => other is TimeDeltaValue delta && delta.Micros == Micros;

    protected internal override int HashOf() => Micros.GetHashCode();

    protected internal override int? CompareTo(object? other) => other is TimeDeltaValue delta ? Micros.CompareTo(delta.Micros) : null;

    protected internal override string Represent()
    {
        var parts = new List<string>();
        foreach (var (name, value) in ((string, long)[])[("days", WholeDays), ("seconds", Seconds), ("microseconds", Microseconds)])
        {
            if (value != 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
        }

        return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
    }

    protected internal override string ToText()
    {
        var days = WholeDays == 0 ? "" : $"{WholeDays} day{(Math.Abs(WholeDays) == 1 ? "" : "s")}, ";
        var fraction = Microseconds == 0 ? "" : $".{Microseconds:000000}";
        return string.Create(CultureInfo.InvariantCulture, $"{days}{Seconds / 3600}:{Seconds / 60 % 60:00}:{Seconds % 60:00}{fraction}");
    }
}
