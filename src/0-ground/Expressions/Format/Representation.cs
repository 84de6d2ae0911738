using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Postern.Expressions;

/// <summary>The texts of `repr` and `str`.</summary>
internal static class Representation
{
    private const string TooManyDigits = "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";

    public static string Text(object? value) => value switch
    {
        string s => s,
        ExceptionValue e => e.Text(),
        HostObject h => Loaded(h).ToText(),
        _ => Of(value),
    };

    private static string? Scalar(object? value) => value switch
    {
        null => "None",
        bool b => b ? "True" : "False",
        long l => l.ToString(CultureInfo.InvariantCulture),
        string s => Quote(s),
        double d => FloatText.Of(d),
        BigInteger i => OfBig(i),
        _ => null,
    };

    public static string Of(object? value)
    {
        if (Scalar(value) is { } scalar)
            return scalar;
        var text = new StringBuilder();
        Write(text, value, new List<object>());
        return text.ToString();
    }

    private static HostObject Loaded(HostObject host)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        return host;
    }

    public static string OfBig(BigInteger value)
    {
        if (value.GetBitLength() > 14_300)
            throw new ScriptException(ExceptionTypes.ValueError, TooManyDigits);
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Length - (text[0] == '-' ? 1 : 0) > 4300 ? throw new ScriptException(ExceptionTypes.ValueError, TooManyDigits) : text;
    }

    private static void Write(StringBuilder text, object? value, List<object> open)
    {
        Machine.Tick();
        switch (value)
        {
            case ScriptList list:
                Nested(text, list, open, "[...]", () => Sequence(text, "[", list, "]", open));
                break;
            case ScriptTuple { Named: not null } tuple:
                Nested(text, tuple, open, "...", () => Named(text, tuple, open));
                break;
            case ScriptTuple tuple:
                Nested(text, tuple, open, "(...)", () => Sequence(text, "(", tuple.Array, tuple.Count == 1 ? ",)" : ")", open));
                break;
            case ScriptDict dict:
                Nested(text, dict, open, "{...}", () => Dict(text, dict, open));
                break;
            case ScriptSet set:
                Set(text, set, open);
                break;
            case HostObject host:
                text.Append(Loaded(host).Represent());
                break;
            default:
                text.Append(Simple(value));
                break;
        }

        if (text.Length > 16_384)
            Machine.Charge(text.Length);
    }

    private static void Nested(StringBuilder text, object container, List<object> open, string again, Action write)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (open.Exists(o => ReferenceEquals(o, container)))
        {
            text.Append(again);
            return;
        }

        if (open.Count > 300)
            throw new ScriptException(ExceptionTypes.RecursionError, "maximum recursion depth exceeded while getting the repr of an object");
        open.Add(container);
        write();
        open.RemoveAt(open.Count - 1);
    }

    private static void Sequence(StringBuilder text, string start, IEnumerable<object?> items, string end, List<object> open)
    {
        text.Append(start);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(", ");
            first = false;
            Write(text, item, open);
        }

        text.Append(end);
    }

    private static void Dict(StringBuilder text, ScriptDict dict, List<object> open)
    {
        if (dict.Kind?.Type == CollectionsLibrary.OrderedDict)
        {
            text.Append("OrderedDict(");
            if (dict.Count > 0)
                Sequence(text, "[", dict.Select(p => (object?)new ScriptTuple(p.Key, p.Value)), "]", open);
            text.Append(')');
            return;
        }

        var (start, end) = CollectionsLibrary.Wrapping(dict);
        text.Append(start).Append('{');
        var first = true;
        foreach (var (key, value) in CollectionsLibrary.ReprOrder(dict))
        {
            if (!first)
                text.Append(", ");
            first = false;
            Write(text, key, open);
            text.Append(": ");
            Write(text, value, open);
        }

        text.Append('}').Append(end);
    }

    private static void Named(StringBuilder text, ScriptTuple tuple, List<object> open)
    {
        text.Append(tuple.Named!.Type.Name).Append('(');
        for (var i = 0; i < tuple.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(tuple.Named.Fields[i]).Append('=');
            Write(text, tuple[i], open);
        }

        text.Append(')');
    }

    private static void Set(StringBuilder text, ScriptSet set, List<object> open)
    {
        if (set.Count == 0)
            text.Append(set.IsFrozen ? "frozenset()" : "set()");
        else
            Nested(text, set, open, "{...}", () => Sequence(text, set.IsFrozen ? "frozenset({" : "{", set, set.IsFrozen ? "})" : "}", open));
    }

    private static string Simple(object? value) => value switch
    {
        ScriptBytes b => QuoteBytes(b.Span),
        RangeValue r => r.Step == 1 ? $"range({r.Start}, {r.Stop})" : $"range({r.Start}, {r.Stop}, {r.Step})",
        SliceValue s => $"slice({Of(s.Lower)}, {Of(s.Upper)}, {Of(s.Step)})",
        Ellipsis => "Ellipsis",
        NotImplementedValue => "NotImplemented",
        ExceptionValue e => e.Describe(),
        ScriptType t => t.ToString(),
        UnionType u => string.Join(" | ", u.Members.Items.ToArray().Select(m => m is ScriptType t ? t.Name : Of(m))),
        FunctionValue f => $"<function {f.Name}>",
        NativeFunction { Owner: not null } f => $"<method '{f.Name}' of '{f.Owner.Name}' objects>",
        NativeFunction f => $"<built-in function {f.Name}>",
        BoundMethod m => $"<built-in method {m.Function.Name} of {Types.NameOf(m.Self)} object>",
        HostFunction f => $"<function {f.Name}>",
        HostModule m => $"<module '{m.Name}'>",
        ScriptIterator i => $"<{i.Type.Name} object>",
        _ => Scalar(value) ?? throw new InvalidOperationException($"a value of type {value!.GetType().Name} is no script value"),
    };

    public static string Quote(string s)
    {
        Machine.Charge(2L * s.Length);
        var quote = s.Contains('\'', StringComparison.Ordinal) && !s.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var text = new StringBuilder(s.Length + 2).Append(quote);
        for (var i = 0; i < s.Length; i += Postern.Expressions.Text.Width(s, i))
            QuoteCharacter(text, s, i, quote);
        return text.Append(quote).ToString();
    }

    private static void QuoteCharacter(StringBuilder text, string s, int i, char quote)
    {
        var c = s[i];
        if (c == quote || c == '\\')
            text.Append('\\').Append(c);
        else if (c is >= ' ' and < '\x7f')
            text.Append(c);
        else if (c is '\n' or '\r' or '\t')
            text.Append(c switch { '\n' => "\\n", '\r' => "\\r", _ => "\\t" });
        else if (Postern.Expressions.Text.Width(s, i) == 2)
            QuotePair(text, s, i);
        else if (IsPrintable(c))
            text.Append(c);
        else
            text.Append(c < 256 ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}");
    }

    private static void QuotePair(StringBuilder text, string s, int i)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(s, i);
        if (category is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Format)
            text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(s, i):x8}");
        else
            text.Append(s, i, 2);
    }

    public static bool IsPrintable(char c) => c == ' ' || char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    public static string QuoteBytes(ReadOnlySpan<byte> bytes)
    {
        Machine.Charge(2L * bytes.Length);
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        var text = new StringBuilder("b").Append(quote);
        foreach (var b in bytes)
        {
            var c = (char)b;
            if (c == quote || c == '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and < '\x7f')
                text.Append(c);
            else
                text.Append(c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\x{b:x2}" });
        }

        return text.Append(quote).ToString();
    }

    /// <summary>The text of `ascii(value)`: repr with everything beyond ASCII escaped.</summary>
    public static string Ascii(object? value)
    {
        var repr = Of(value);
        if (System.Text.Ascii.IsValid(repr))
            return repr;
        var text = new StringBuilder();
        for (var i = 0; i < repr.Length; i += Postern.Expressions.Text.Width(repr, i))
        {
            var c = repr[i];
            if (c < 128)
                text.Append(c);
            else if (Postern.Expressions.Text.Width(repr, i) == 2)
                text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(repr, i):x8}");
            else
                text.Append(c < 256 ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}");
        }

        return text.ToString();
    }
}
