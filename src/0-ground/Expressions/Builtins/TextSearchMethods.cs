namespace Postern.Expressions;

/// <summary>Methods of str that look for something.</summary>
internal static class TextSearchMethods
{
    private static string Self(ReadOnlySpan<object?> a) => (string)a[0]!;

    public static void Declare() => Types.Str
        .Method("find", "sub, start=None, end=None, /", (_, a) => Boxed.Int(Find(a, "find", last: false)))
        .Method("rfind", "sub, start=None, end=None, /", (_, a) => Boxed.Int(Find(a, "rfind", last: true)))
        .Method("index", "sub, start=None, end=None, /", (_, a) => Boxed.Int(Require(Find(a, "index", last: false))))
        .Method("rindex", "sub, start=None, end=None, /", (_, a) => Boxed.Int(Require(Find(a, "rindex", last: true))))
        .Method("count", "sub, start=None, end=None, /", (_, a) => Boxed.Int(Count(a)))
        .Method("startswith", "prefix, start=None, end=None, /", (_, a) => Boxed.Bool(Affix(a, "startswith", atEnd: false)))
        .Method("endswith", "suffix, start=None, end=None, /", (_, a) => Boxed.Bool(Affix(a, "endswith", atEnd: true)));

    private static int Require(int index) => index >= 0 ? index : throw TypeTable.ValueError("substring not found");

    /// <summary>The bounds of a search as unit offsets; false when the start lies beyond the end.</summary>
    private static bool Bounds(string text, object? start, object? end, out int from, out int to)
    {
        var length = start is null && end is null ? 0 : Text.Length(text);
        (from, to) = (0, text.Length);
        if (start is null && end is null)
            return true;
        long first = start is null ? 0 : Numbers.ToIndex(start, "slice indices must be integers or None or have an __index__ method");
        long last = end is null ? length : Numbers.ToIndex(end, "slice indices must be integers or None or have an __index__ method");
        first = first < 0 ? Math.Max(0, first + length) : first;
        last = Math.Min(length, last < 0 ? Math.Max(0, last + length) : last);
        if (first > last)
            return false;
        (from, to) = (Text.Offset(text, (int)first), Text.Offset(text, (int)last));
        return true;
    }

    private static int Find(ReadOnlySpan<object?> a, string function, bool last)
    {
        var needle = a[1] as string ?? throw TypeTable.TypeError($"must be str, not {Types.NameOf(a[1])}");
        if (!Bounds(Self(a), a[2], a[3], out var from, out var to))
            return -1;
        var at = last ? Text.FindLast(Self(a), needle, from, to) : Text.Find(Self(a), needle, from, to);
        return at < 0 ? -1 : Text.Index(Self(a), at);
    }

    private static int Count(ReadOnlySpan<object?> a)
    {
        var needle = a[1] as string ?? throw TypeTable.TypeError($"must be str, not {Types.NameOf(a[1])}");
        if (!Bounds(Self(a), a[2], a[3], out var from, out var to))
            return 0;
        if (needle.Length == 0)
            return Text.Length(Self(a)[from..to]) + 1;
        var count = 0;
        for (var at = Text.Find(Self(a), needle, from, to); at >= 0; at = Text.Find(Self(a), needle, at + needle.Length, to))
        {
            Machine.Tick();
            count++;
        }

        return count;
    }

    private static bool Affix(ReadOnlySpan<object?> a, string function, bool atEnd)
    {
        if (a[1] is not (string or ScriptTuple))
            throw TypeTable.TypeError($"{function} first arg must be str or a tuple of str, not {Types.NameOf(a[1])}");
        if (!Bounds(Self(a), a[2], a[3], out var from, out var to))
            return false;
        var text = Self(a).AsSpan(from, to - from);
        if (a[1] is string one)
            return atEnd ? text.EndsWith(one, StringComparison.Ordinal) : text.StartsWith(one, StringComparison.Ordinal);
        foreach (var item in ((ScriptTuple)a[1]!).Items)
        {
            var affix = item as string ?? throw TypeTable.TypeError($"tuple for {function} must only contain str, not {Types.NameOf(item)}");
            if (atEnd ? text.EndsWith(affix, StringComparison.Ordinal) : text.StartsWith(affix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
