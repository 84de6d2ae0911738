namespace Postern.Expressions;

/// <summary>Strings by code points: .NET counts UTF-16 units, Python counts characters.</summary>
internal static class Text
{
    /// <summary>True when a string has characters beyond the basic plane, so that units and characters differ.</summary>
    public static bool HasPairs(string s) => s.AsSpan().ContainsAnyInRange('\uD800', '\uDBFF');

    public static int Length(string s)
    {
        if (!HasPairs(s))
            return s.Length;
        var count = 0;
        for (var i = 0; i < s.Length; i += Width(s, i))
            count++;
        return count;
    }

    /// <summary>Units of the character at a place: two for a surrogate pair.</summary>
    public static int Width(string s, int i) => char.IsHighSurrogate(s[i]) && i + 1 < s.Length && char.IsLowSurrogate(s[i + 1]) ? 2 : 1;

    /// <summary>The unit offset of the character with the given index.</summary>
    public static int Offset(string s, int index)
    {
        if (!HasPairs(s))
            return index;
        var i = 0;
        for (; index > 0 && i < s.Length; index--)
            i += Width(s, i);
        return i;
    }

    /// <summary>The character index of a unit offset.</summary>
    public static int Index(string s, int offset) => HasPairs(s) ? Length(s[..offset]) : offset;

    public static string CharAt(string s, int index)
    {
        if (!HasPairs(s))
            return Character(s[index]);
        var offset = Offset(s, index);
        return s.Substring(offset, Width(s, offset));
    }

    private static readonly string[] Ascii = Enumerable.Range(0, 128).Select(i => ((char)i).ToString()).ToArray();

    public static string Character(char c) => c < 128 ? Ascii[c] : c.ToString();

    public static string Slice(string s, int start, int count, int step)
    {
        if (count == 0)
            return "";
        Machine.Charge(2L * count);
        if (!HasPairs(s))
            return step == 1 ? s.Substring(start, count) : Stepped(s, start, count, step);
        var characters = Characters(s);
        var result = new System.Text.StringBuilder();
        for (int i = start, n = 0; n < count; n++, i += step)
            result.Append(characters[i]);
        return result.ToString();
    }

    private static string Stepped(string s, int start, int count, int step) =>
        string.Create(count, (s, start, step), static (span, state) =>
        {
            for (int i = 0, from = state.start; i < span.Length; i++, from += state.step)
                span[i] = state.s[from];
        });

    public static List<string> Characters(string s)
    {
        Machine.Charge(24L * s.Length);
        var list = new List<string>(s.Length);
        for (var i = 0; i < s.Length;)
        {
            var width = Width(s, i);
            list.Add(width == 1 ? Character(s[i]) : s.Substring(i, width));
            i += width;
        }

        return list;
    }

    /// <summary>Order by code point, which differs from order by unit only where surrogates meet the last private block.</summary>
    public static int Compare(string x, string y)
    {
        var length = Math.Min(x.Length, y.Length);
        var i = x.AsSpan(0, length).CommonPrefixLength(y.AsSpan(0, length));
        if (i == length)
            return x.Length.CompareTo(y.Length);
        var (a, b) = (x[i], y[i]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    /// <summary>First place of a needle; long needles are searched in portions, so that no search runs past the budget.</summary>
    public static int Find(string text, string needle, int from, int to)
    {
        if (needle.Length > to - from)
            return -1;
        if (needle.Length <= 64)
        {
            if (to - from >= 128)
                Machine.Tick((to - from) >> 7);
            var span = text.AsSpan(from, to - from);
            var at = needle.Length == 1 ? span.IndexOf(needle[0]) : span.IndexOf(needle, StringComparison.Ordinal);
            return at < 0 ? -1 : at + from;
        }

        var window = Math.Max(64, 200_000 / needle.Length);
        for (; from + needle.Length <= to; from += window)
        {
            Machine.Tick(window * (needle.Length >> 5) / 8);
            var size = Math.Min(window + needle.Length - 1, to - from);
            var found = text.AsSpan(from, size).IndexOf(needle, StringComparison.Ordinal);
            if (found >= 0)
                return from + found;
        }

        return -1;
    }

    public static int FindLast(string text, string needle, int from, int to)
    {
        if (needle.Length > to - from)
            return -1;
        var window = Math.Max(64, 200_000 / Math.Max(1, needle.Length));
        for (var end = to; end - from >= needle.Length; end -= window)
        {
            Machine.Tick(window * ((needle.Length >> 5) + 1) / 8);
            var start = Math.Max(from, end - window - needle.Length + 1);
            var found = text.AsSpan(start, end - start).LastIndexOf(needle, StringComparison.Ordinal);
            if (found >= 0)
                return start + found;
        }

        return -1;
    }
}
