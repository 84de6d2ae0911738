using System.Numerics;
using System.Text;

namespace Postern.Expressions;

/// <summary>The `%` operator of strings.</summary>
internal sealed class PercentFormat
{
    private readonly string format;
    private readonly object? arguments;
    private readonly StringBuilder result = new();
    private int at;
    private int next;

    private PercentFormat(string format, object? arguments) => (this.format, this.arguments) = (format, arguments);

    public static string Apply(string format, object? arguments) => new PercentFormat(format, arguments).Run();

    private string Run()
    {
        while (at < format.Length)
        {
            var c = format[at++];
            if (c == '%')
                Directive();
            else
                result.Append(c);
            if (result.Length > 8192)
                Machine.Charge(2L * result.Length);
        }

        var unused = arguments is ScriptTuple tuple
            ? next < tuple.Count
            : next == 0 && arguments is not (ScriptDict or LiveDictionary or ScriptList or HostObject);
        if (unused)
            throw Error("not all arguments converted during string formatting");
        return result.ToString();
    }

    private void Directive()
    {
        object? keyed = Unbound.Value;
        if (Peek() == '(')
            keyed = Keyed();
        var flags = at;
        while (Peek() is '-' or '+' or ' ' or '#' or '0')
            at++;
        var flag = format[flags..at];
        var width = Size(out var negative);
        var precision = -1;
        if (Peek() == '.')
        {
            at++;
            precision = Math.Max(0, Size(out _) ?? 0);
        }

        while (Peek() is 'h' or 'l' or 'L')
            at++;
        if (at >= format.Length)
            throw new ScriptException(ExceptionTypes.ValueError, "incomplete format");
        var type = format[at++];
        if (type == '%')
        {
            result.Append('%');
            return;
        }

        var place = at - 1;
        var text = Convert(type, place, keyed is Unbound ? Next() : keyed, flag, precision, width ?? 0, flag.Contains('-', StringComparison.Ordinal) || negative);
        result.Append(text);
    }

    private char Peek() => at < format.Length ? format[at] : '\0';

    private object? Keyed()
    {
        var level = 1;
        var from = ++at;
        for (; at < format.Length && level > 0; at++)
        {
            if (format[at] == '(')
                level++;
            else if (format[at] == ')')
                level--;
        }

        if (level > 0)
            throw new ScriptException(ExceptionTypes.ValueError, "incomplete format key");
        if (arguments is not (ScriptDict or LiveDictionary))
            throw Error("format requires a mapping");
        return Items.Get(arguments, format[from..(at - 1)]);
    }

    private int? Size(out bool negative)
    {
        negative = false;
        if (Peek() == '*')
        {
            at++;
            var given = Next();
            if (given is not long size)
                throw Error("* wants int");
            negative = size < 0;
            return Bounded(Math.Abs(size));
        }

        long number = 0;
        var from = at;
        for (; char.IsAsciiDigit(Peek()); at++)
            number = Math.Min((number * 10) + (format[at] - '0'), int.MaxValue);
        return at == from ? null : Bounded(number);
    }

    private static int Bounded(long size) => size <= FormatSpec.MaxWidth
        ? (int)size
        : throw new BudgetException(BudgetKind.Memory, $"a width or precision may be at most {FormatSpec.MaxWidth}");

    private object? Next()
    {
        if (arguments is ScriptTuple tuple)
            return next < tuple.Count ? tuple[next++] : throw Error("not enough arguments for format string");
        return next++ == 0 ? arguments : throw Error("not enough arguments for format string");
    }

    private static string Convert(char type, int place, object? value, string flags, int precision, int width, bool left)
    {
        var zero = flags.Contains('0', StringComparison.Ordinal) && !left;
        switch (type)
        {
            case 's' or 'r' or 'a':
                var text = type switch { 's' => Representation.Text(value), 'r' => Representation.Of(value), _ => Representation.Ascii(value) };
                return Pad(precision >= 0 && precision < Text.Length(text) ? Text.Slice(text, 0, precision, 1) : text, width, left);
            case 'c':
                return Pad(Character(value), width, left);
            case 'd' or 'i' or 'u':
                return Number(Whole(value, type), 'd', flags, precision, width, left, zero);
            case 'x' or 'X' or 'o':
                if (!Numbers.IsInteger(value))
                    throw Error($"%{type} format: an integer is required, not {Types.NameOf(value)}");
                return Number(value!, type, flags, precision, width, left, zero);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (!Numbers.TryDouble(value, out var number))
                    throw Error($"must be real number, not {Types.NameOf(value)}");
                return Float(number, type, flags, precision, width, left, zero);
            default:
                throw new ScriptException(ExceptionTypes.ValueError, $"unsupported format character '{type}' (0x{(int)type:x}) at index {place}");
        }
    }

    private static object Whole(object? value, char type) => value switch
    {
        double d => Numbers.FromDouble(Math.Truncate(d)),
        _ when Numbers.IsInteger(value) => value!,
        _ => throw Error($"%{type} format: a real number is required, not {Types.NameOf(value)}"),
    };

    private static string Character(object? value)
    {
        if (value is string s && Text.Length(s) == 1)
            return s;
        if (value is string || !Numbers.TryLong(value, out var code))
            throw Error("%c requires int or char");
        return code is >= 0 and <= 0x10FFFF ? Characters.FromCode((int)code) : throw new ScriptException(ExceptionTypes.OverflowError, "%c arg not in range(0x110000)");
    }

    private static string Sign(bool negative, string flags) =>
        negative ? "-" : flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";

    private static string Number(object value, char type, string flags, int precision, int width, bool left, bool zero)
    {
        Numbers.TryBig(value, out var number);
        var magnitude = BigInteger.Abs(number);
        var digits = type switch
        {
            'd' => Representation.OfBig(magnitude),
            'o' => IntegerText.InRadix(magnitude, 8),
            'x' => IntegerText.InRadix(magnitude, 16),
            _ => IntegerText.InRadix(magnitude, 16).ToUpperInvariant(),
        };
        if (precision > digits.Length)
            digits = digits.PadLeft(precision, '0');
        var prefix = flags.Contains('#', StringComparison.Ordinal) && type != 'd' ? type switch { 'o' => "0o", 'x' => "0x", _ => "0X" } : "";
        return PadNumber(Sign(number.Sign < 0, flags) + prefix, digits, width, left, zero);
    }

    private static string Float(double value, char type, string flags, int precision, int width, bool left, bool zero)
    {
        var sign = Sign(double.IsNegative(value) && !double.IsNaN(value), flags);
        if (!double.IsFinite(value))
            return PadNumber(sign, char.IsAsciiLetterUpper(type) ? (double.IsNaN(value) ? "NAN" : "INF") : double.IsNaN(value) ? "nan" : "inf", width, left, zero: false);
        var places = precision < 0 ? 6 : precision;
        var alternate = flags.Contains('#', StringComparison.Ordinal);
        var magnitude = Math.Abs(value);
        var text = char.ToLowerInvariant(type) switch
        {
            'f' => NumberFormat.Fixed(magnitude, places),
            'e' => NumberFormat.Exponent(magnitude, places, alternate),
            _ => NumberFormat.General(magnitude, places, alternate),
        };
        return PadNumber(sign, char.IsAsciiLetterUpper(type) ? text.ToUpperInvariant() : text, width, left, zero);
    }

    private static string PadNumber(string prefix, string digits, int width, bool left, bool zero) =>
        zero ? prefix + digits.PadLeft(Math.Max(0, width - prefix.Length), '0') : Pad(prefix + digits, width, left);

    private static string Pad(string text, int width, bool left)
    {
        var missing = width - Text.Length(text);
        if (missing <= 0)
            return text;
        Machine.Charge(2L * width);
        return left ? text + new string(' ', missing) : new string(' ', missing) + text;
    }

    private static ScriptException Error(string message) => new(ExceptionTypes.TypeError, message);
}
