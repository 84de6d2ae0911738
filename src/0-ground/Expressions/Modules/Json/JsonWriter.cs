using System.Globalization;
using System.Numerics;
using System.Text;

namespace Postern.Expressions;

/// <summary>Writes JSON as json.dumps does.</summary>
internal sealed class JsonWriter
{
    private readonly Machine machine;
    private readonly StringBuilder text = new();
    private readonly List<object> open = [];
    private readonly bool skipKeys;
    private readonly bool ascii;
    private readonly bool allowNan;
    private readonly string? indent;
    private readonly string itemSeparator;
    private readonly string keySeparator;
    private readonly object? fallback;
    private readonly bool sortKeys;

    private JsonWriter(Machine machine, ReadOnlySpan<object?> a)
    {
        this.machine = machine;
        (skipKeys, ascii, allowNan, sortKeys) = (Truth.Of(a[1]), Truth.Of(a[2]), Truth.Of(a[4]), Truth.Of(a[9]));
        indent = a[6] switch
        {
            null => null,
            string s => s,
            _ => new string(' ', (int)Math.Clamp(Numbers.ToIndex(a[6]), 0, 100)),
        };
        (itemSeparator, keySeparator) = (indent is null ? ", " : ",", ": ");
        if (a[7] is not null)
        {
            var pair = Iteration.ToArray(a[7]);
            (itemSeparator, keySeparator) = ((string)pair[0]!, (string)pair[1]!);
        }

        fallback = a[8];
    }

    public static string Write(Machine machine, ReadOnlySpan<object?> a)
    {
        var writer = new JsonWriter(machine, a);
        writer.Value(a[0]);
        return writer.text.ToString();
    }

    private void Value(object? value)
    {
        machine.Spend(1);
        if (text.Length > 8192)
            Machine.Charge(2L * text.Length);
        switch (value)
        {
            case string s:
                Quote(s);
                break;
            case null or bool or long or BigInteger or double:
                text.Append(Scalar(value));
                break;
            case ScriptDict dict:
                Nested(dict, () => Object(dict));
                break;
            case ScriptList or ScriptTuple or LiveList:
                Nested(value, () => Array(Iteration.ToArray(value)));
                break;
            case LiveDictionary live:
                Value(live.Copy());
                break;
            default:
                if (fallback is null)
                    throw TypeTable.TypeError($"Object of type {Types.Of(value).Name} is not JSON serializable");
                Nested(value, () => Value(machine.Invoke(fallback, [value], null)));
                break;
        }
    }

    private void Nested(object value, Action write)
    {
        if (open.Exists(o => ReferenceEquals(o, value)))
            throw TypeTable.ValueError("Circular reference detected");
        if (open.Count > 150)
            throw new ScriptException(ExceptionTypes.RecursionError, "maximum recursion depth exceeded while encoding a JSON object");
        open.Add(value);
        write();
        open.RemoveAt(open.Count - 1);
    }

    private string Scalar(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        double d when !double.IsFinite(d) => allowNan
            ? double.IsNaN(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity"
            : throw TypeTable.ValueError($"Out of range float values are not JSON compliant: {Representation.Of(value)}"),
        _ => Representation.Of(value),
    };

    private void Break()
    {
        if (indent is null)
            return;
        text.Append('\n');
        for (var i = 0; i < open.Count; i++)
            text.Append(indent);
    }

    private void Close(char bracket)
    {
        if (indent is not null)
        {
            text.Append('\n');
            for (var i = 1; i < open.Count; i++)
                text.Append(indent);
        }

        text.Append(bracket);
    }

    private void Array(object?[] items)
    {
        if (items.Length == 0)
        {
            text.Append("[]");
            return;
        }

        text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i > 0 ? itemSeparator : "");
            Break();
            Value(items[i]);
        }

        Close(']');
    }

    private void Object(ScriptDict dict)
    {
        var items = dict.ToList();
        if (sortKeys)
            items = Sorted(items);
        var first = true;
        text.Append('{');
        foreach (var (key, value) in items)
        {
            if (KeyText(key) is not { } name)
                continue;
            text.Append(first ? "" : itemSeparator);
            first = false;
            Break();
            Quote(name);
            text.Append(keySeparator);
            Value(value);
        }

        if (first)
            text.Append('}');
        else
            Close('}');
    }

    private List<KeyValuePair<object?, object?>> Sorted(List<KeyValuePair<object?, object?>> items)
    {
        var pairs = ScriptList.Own(items.Select(p => (object?)new ScriptTuple(p.Key, p.Value)).ToArray());
        var byKey = new NativeFunction("key", Signature.Parse("item, /", isMethod: false), (_, a) => ((ScriptTuple)a[0]!)[0]);
        Sorting.Sort(machine, pairs, byKey, reverse: false);
        return pairs.Select(p => new KeyValuePair<object?, object?>(((ScriptTuple)p!)[0], ((ScriptTuple)p)[1])).ToList();
    }

    private string? KeyText(object? key) => key switch
    {
        string s => s,
        null or bool or long or BigInteger or double => Scalar(key),
        _ when skipKeys => null,
        _ => throw TypeTable.TypeError($"keys must be str, int, float, bool or None, not {Types.NameOf(key)}"),
    };

    private void Quote(string value)
    {
        Machine.Charge(2L * value.Length);
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    if (ascii && c > '~')
                        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else
                        text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
