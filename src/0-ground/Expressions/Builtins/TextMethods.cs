using System.Text;

namespace Postern.Expressions;

/// <summary>Constructor of str, and its methods that change, join or split.</summary>
internal static class TextMethods
{
    private static string Self(ReadOnlySpan<object?> a) => (string)a[0]!;

    public static void Declare() => Types.Str
        .New("object='', encoding=?, errors=?", (_, a) => a[1] is Unbound && a[2] is Unbound ? Representation.Text(a[0]) : BytesMethods.DecodeArgument(a[0], a[1], a[2]))
        .Method("lower", "", (_, a) => Case(Cases.Lower(Self(a))))
        .Method("upper", "", (_, a) => Case(Cases.Upper(Self(a))))
        .Method("casefold", "", (_, a) => Case(Cases.Fold(Self(a))))
        .Method("title", "", (_, a) => Case(Cases.Title(Self(a))))
        .Method("capitalize", "", (_, a) => Case(Cases.Capitalize(Self(a))))
        .Method("swapcase", "", (_, a) => Case(Cases.Swap(Self(a))))
        .Method("strip", "chars=None, /", (_, a) => Strip(Self(a), a[1], "strip", left: true, right: true))
        .Method("lstrip", "chars=None, /", (_, a) => Strip(Self(a), a[1], "lstrip", left: true, right: false))
        .Method("rstrip", "chars=None, /", (_, a) => Strip(Self(a), a[1], "rstrip", left: false, right: true))
        .Method("split", "sep=None, maxsplit=-1", (_, a) => Splitting.Split(Self(a), a[1], Numbers.ToInt(a[2])))
        .Method("rsplit", "sep=None, maxsplit=-1", (_, a) => Splitting.SplitRight(Self(a), a[1], Numbers.ToInt(a[2])))
        .Method("splitlines", "keepends=False", (_, a) => Splitting.Lines(Self(a), Truth.Of(a[1])))
        .Method("partition", "sep, /", (_, a) => Splitting.Partition(Self(a), a[1], last: false))
        .Method("rpartition", "sep, /", (_, a) => Splitting.Partition(Self(a), a[1], last: true))
        .Method("join", "iterable, /", (_, a) => Join(Self(a), a[1]))
        .Method("replace", "old, new, count=-1, /", (_, a) => Replace(Self(a), a))
        .Method("removeprefix", "prefix, /", (_, a) => Self(a).StartsWith(Argument(a[1], "removeprefix"), StringComparison.Ordinal) ? Self(a)[((string)a[1]!).Length..] : Self(a))
        .Method("removesuffix", "suffix, /", (_, a) => Self(a).EndsWith(Argument(a[1], "removesuffix"), StringComparison.Ordinal) ? Self(a)[..^((string)a[1]!).Length] : Self(a))
        .Method("center", "width, fillchar=' ', /", (_, a) => Pad(Self(a), a, "center", '^'))
        .Method("ljust", "width, fillchar=' ', /", (_, a) => Pad(Self(a), a, "ljust", '<'))
        .Method("rjust", "width, fillchar=' ', /", (_, a) => Pad(Self(a), a, "rjust", '>'))
        .Method("zfill", "width, /", (_, a) => ZeroFill(Self(a), Width(a[1])))
        .Method("expandtabs", "tabsize=8", (_, a) => ExpandTabs(Self(a), Width(a[1])))
        .Method("format", "*args, **kwargs", (_, a) => FieldFormat.Apply(Self(a), (object?[])a[1]!, (ScriptDict)a[2]!))
        .Method("format_map", "mapping, /", (_, a) => FieldFormat.Apply(Self(a), [], a[1] as ScriptDict ?? (a[1] as LiveDictionary)?.Copy() ?? throw TypeTable.TypeError("format_map() argument must be a dict")))
        .Method("encode", "encoding='utf-8', errors='strict'", (_, a) => BytesMethods.Encode(Self(a), a[1], a[2]))
        .Method("translate", "table, /", (_, a) => Translate(Self(a), a[1]));

    private static string Case(string text)
    {
        Machine.Tick(text.Length >> 4);
        return text;
    }

    public static string Argument(object? value, string function) => value as string
        ?? throw TypeTable.TypeError($"{function}() argument must be str, not {Types.NameOf(value)}");

    private static string Strip(string text, object? characters, string function, bool left, bool right)
    {
        if (characters is not (null or string))
            throw TypeTable.TypeError($"{function} arg must be None or str");
        int from = 0, to = text.Length;
        if (characters is not string set)
        {
            while (left && from < to && Splitting.IsSpace(text[from]))
                from++;
            while (right && to > from && Splitting.IsSpace(text[to - 1]))
                to--;
        }
        else if (Text.HasPairs(set))
            return StripPairs(text, set, left, right);
        else
        {
            while (left && from < to && set.Contains(text[from], StringComparison.Ordinal))
                from++;
            while (right && to > from && set.Contains(text[to - 1], StringComparison.Ordinal))
                to--;
        }

        return text[from..to];
    }

    private static string StripPairs(string text, string set, bool left, bool right)
    {
        var characters = Text.Characters(text);
        var doomed = Text.Characters(set).ToHashSet(StringComparer.Ordinal);
        int from = 0, to = characters.Count;
        while (left && from < to && doomed.Contains(characters[from]))
            from++;
        while (right && to > from && doomed.Contains(characters[to - 1]))
            to--;
        return string.Concat(characters[from..to]);
    }

    private static string Join(string separator, object? iterable)
    {
        if (iterable is not (ScriptList or ScriptTuple or string or ScriptDict or ScriptSet or RangeValue or ScriptIterator or ScriptBytes or HostObject))
            throw TypeTable.TypeError("can only join an iterable");
        // Nothing of the script runs meanwhile, so a list is read in its place.
        var items = iterable is ScriptList list ? list.Span : Iteration.ToArray(iterable).AsSpan();
        var texts = new string[items.Length];
        long length = 0;
        for (var i = 0; i < items.Length; i++)
        {
            Machine.Tick();
            texts[i] = items[i] as string ?? throw TypeTable.TypeError($"sequence item {i}: expected str instance, {Types.NameOf(items[i])} found");
            length += texts[i].Length + separator.Length;
        }

        Machine.Charge(2 * length);
        return string.Join(separator, texts);
    }

    private static string Replace(string text, ReadOnlySpan<object?> a)
    {
        var old = a[1] as string ?? throw TypeTable.TypeError($"replace() argument 1 must be str, not {Types.NameOf(a[1])}");
        var with = a[2] as string ?? throw TypeTable.TypeError($"replace() argument 2 must be str, not {Types.NameOf(a[2])}");
        var count = Numbers.ToInt(a[3]);
        if (count == 0)
            return text;
        var most = count < 0 ? int.MaxValue : count;
        return old.Length == 0 ? Interleave(text, with, most) : ReplaceAll(text, old, with, most);
    }

    private static string ReplaceAll(string text, string old, string with, int most)
    {
        var at = Text.Find(text, old, 0, text.Length);
        if (at < 0)
            return text;
        var result = new StringBuilder();
        var from = 0;
        for (; at >= 0 && most > 0; most--, at = Text.Find(text, old, from, text.Length))
        {
            Machine.Tick();
            result.Append(text, from, at - from).Append(with);
            from = at + old.Length;
            if (result.Length > 8192)
                Machine.Charge(2L * result.Length);
        }

        Machine.Charge(2L * (result.Length + text.Length - from));
        return result.Append(text, from, text.Length - from).ToString();
    }

    private static string Interleave(string text, string with, int most)
    {
        var characters = Text.Characters(text);
        Machine.Charge(2L * (text.Length + ((long)with.Length * Math.Min(most, characters.Count + 1))));
        var result = new StringBuilder();
        for (var i = 0; i <= characters.Count; i++)
        {
            if (i < most)
                result.Append(with);
            if (i < characters.Count)
                result.Append(characters[i]);
        }

        return result.ToString();
    }

    private static int Width(object? value)
    {
        var width = Numbers.ToIndex(value);
        Machine.Charge(2 * Math.Clamp(width, 0, 1L << 40));
        return (int)Math.Clamp(width, int.MinValue, int.MaxValue);
    }

    private static string Pad(string text, ReadOnlySpan<object?> a, string function, char align)
    {
        var width = Width(a[1]);
        if (a[2] is not string fill)
            throw TypeTable.TypeError($"{function}() argument 2 must be a unicode character, not {Types.NameOf(a[2])}");
        if (Text.Length(fill) != 1)
            throw TypeTable.TypeError("The fill character must be exactly one character long");
        var missing = width - Text.Length(text);
        if (missing <= 0)
            return text;
        var left = align switch { '<' => 0, '>' => missing, _ => (missing / 2) + (missing & width & 1) };
        return Repeat(fill, left) + text + Repeat(fill, missing - left);
    }

    private static string Repeat(string fill, int count) => fill.Length == 1 ? new string(fill[0], count) : string.Concat(Enumerable.Repeat(fill, count));

    private static string ZeroFill(string text, int width)
    {
        var missing = width - Text.Length(text);
        if (missing <= 0)
            return text;
        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text.Length == 0)
            sign = 0;
        return text[..sign] + new string('0', missing) + text[sign..];
    }

    private static string ExpandTabs(string text, int size)
    {
        var result = new StringBuilder();
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var spaces = size > 0 ? size - (column % size) : 0;
                result.Append(' ', spaces);
                column += spaces;
                Machine.Charge(2L * result.Length);
            }
            else
            {
                result.Append(c);
                column = c is '\n' or '\r' ? 0 : column + 1;
            }
        }

        return result.ToString();
    }

    private static string Translate(string text, object? table)
    {
        var result = new StringBuilder();
        foreach (var character in Text.Characters(text))
        {
            Machine.Tick();
            var key = Boxed.Int(Characters.CodeOf(character));
            object? mapped;
            if (table is ScriptDict dict)
            {
                if (!dict.TryGetValue(key, out mapped))
                    mapped = character;
            }
            else
                mapped = Items.Get(table, key);
            result.Append(mapped switch
            {
                null => "",
                string s => s,
                _ => Characters.FromCode(Numbers.ToInt(mapped)),
            });
        }

        return result.ToString();
    }
}
