using System.Text;

namespace Postern.Expressions;

/// <summary>`str.format`: replacement fields with attribute and index lookups, under the same rules as in the language itself.</summary>
internal sealed class FieldFormat(object?[] positional, ScriptDict named)
{
    private int automatic;
    private bool manual;

    public static string Apply(string format, object?[] positional, ScriptDict named) =>
        new FieldFormat(positional, named).Run(format, depth: 2);

    private string Run(string text, int depth)
    {
        if (depth < 0)
            throw FormatSpec.Error("Max string recursion exceeded");
        var result = new StringBuilder();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i++];
            if (c is '{' or '}' && i < text.Length && text[i] == c)
            {
                result.Append(c);
                i++;
            }
            else if (c == '}')
                throw FormatSpec.Error("Single '}' encountered in format string");
            else if (c == '{')
                result.Append(Field(text, ref i, depth));
            else
                result.Append(c);
            if (result.Length > 8192)
                Machine.Charge(2L * result.Length);
        }

        return result.ToString();
    }

    private string Field(string text, ref int i, int depth)
    {
        var from = i;
        var level = 1;
        for (; i < text.Length && level > 0; i++)
        {
            if (text[i] == '{')
                level++;
            else if (text[i] == '}')
                level--;
        }

        if (level > 0)
            throw FormatSpec.Error(i == from ? "Single '{' encountered in format string" : "expected '}' before end of string");
        var field = text[from..(i - 1)];
        var (name, conversion, spec) = Split(field);
        var value = Lookup(name);
        return (string)Formatting.Field(value, conversion, spec.Contains('{', StringComparison.Ordinal) ? Run(spec, depth - 1) : spec)!;
    }

    private static (string Name, char Conversion, string Spec) Split(string field)
    {
        var bracket = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '[')
                bracket++;
            else if (field[i] == ']')
                bracket--;
            else if (bracket == 0 && field[i] == ':')
                return (field[..i], '\0', field[(i + 1)..]);
            else if (bracket == 0 && field[i] == '!')
                return WithConversion(field, i);
        }

        return (field, '\0', "");
    }

    private static (string Name, char Conversion, string Spec) WithConversion(string field, int at)
    {
        if (at + 1 >= field.Length)
            throw FormatSpec.Error("end of string while looking for conversion specifier");
        var conversion = field[at + 1];
        if (conversion is not ('r' or 's' or 'a'))
            throw FormatSpec.Error($"Unknown conversion specifier {conversion}");
        if (at + 2 == field.Length)
            return (field[..at], conversion, "");
        return field[at + 2] == ':'
            ? (field[..at], conversion, field[(at + 3)..])
            : throw FormatSpec.Error("expected ':' after conversion specifier");
    }

    private object? Lookup(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        var value = First(first);
        var i = end < 0 ? name.Length : end;
        while (i < name.Length)
        {
            if (name[i] == '.')
            {
                var stop = name.AsSpan(i + 1).IndexOfAny('.', '[') is var s && s < 0 ? name.Length : i + 1 + s;
                if (stop == i + 1)
                    throw FormatSpec.Error("Empty attribute in format string");
                value = Machine.Current!.Resolve(Attributes.Get(value, name[(i + 1)..stop]));
                i = stop;
                continue;
            }

            if (name[i] != '[')
                throw FormatSpec.Error("Only '.' or '[' may follow ']' in format field specifier");
            var close = name.IndexOf(']', i);
            if (close < 0)
                throw FormatSpec.Error("Missing ']' in format string");
            var key = name[(i + 1)..close];
            if (key.Length == 0)
                throw FormatSpec.Error("Empty attribute in format string");
            value = Items.Get(value, key.All(char.IsAsciiDigit) ? IntegerText.Parse(key, 10) : key);
            i = close + 1;
        }

        return value;
    }

    private object? First(string name)
    {
        if (name.Length == 0)
        {
            if (manual)
                throw FormatSpec.Error("cannot switch from manual field specification to automatic field numbering");
            return Positional(automatic++);
        }

        if (name.All(char.IsAsciiDigit))
        {
            if (automatic > 0)
                throw FormatSpec.Error("cannot switch from automatic field numbering to manual field specification");
            manual = true;
            return Positional(name.Length > 9 ? int.MaxValue : int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
        }

        return named.TryGetValue(name, out var value) ? value : throw new ScriptException(ExceptionTypes.KeyError, name);
    }

    private object? Positional(int index) => index < positional.Length
        ? positional[index]
        : throw new ScriptException(ExceptionTypes.IndexError, $"Replacement index {index} out of range for positional args tuple");
}
