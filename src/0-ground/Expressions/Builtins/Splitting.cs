namespace Postern.Expressions;

/// <summary>The ways a string comes apart.</summary>
internal static class Splitting
{
    /// <summary>White space as Python counts it for strings.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    private static string Separator(object? value)
    {
        if (value is not string separator)
            throw TypeTable.TypeError($"must be str or None, not {Types.NameOf(value)}");
        return separator.Length > 0 ? separator : throw TypeTable.ValueError("empty separator");
    }

    public static ScriptList Split(string text, object? separator, int most)
    {
        if (separator is null)
            return Words(text, most);
        var needle = Separator(separator);
        var list = new ScriptList();
        var from = 0;
        while (most < 0 || list.Count < most)
        {
            Machine.Tick();
            var at = Text.Find(text, needle, from, text.Length);
            if (at < 0)
                break;
            list.Append(text[from..at]);
            from = at + needle.Length;
        }

        list.Append(from == 0 ? text : text[from..]);
        return list;
    }

    private static ScriptList Words(string text, int most)
    {
        var list = new ScriptList();
        var i = 0;
        while (true)
        {
            while (i < text.Length && IsSpace(text[i]))
                i++;
            if (i >= text.Length)
                return list;
            Machine.Tick();
            if (most >= 0 && list.Count >= most)
            {
                list.Append(text[i..]);
                return list;
            }

            var from = i;
            while (i < text.Length && !IsSpace(text[i]))
                i++;
            list.Append(text[from..i]);
        }
    }

    public static ScriptList SplitRight(string text, object? separator, int most)
    {
        if (most < 0)
            return Split(text, separator, -1);
        var parts = new List<object?>();
        if (separator is null)
            WordsRight(text, most, parts);
        else
            PartsRight(text, Separator(separator), most, parts);
        parts.Reverse();
        return ScriptList.Own(parts.ToArray());
    }

    private static void PartsRight(string text, string needle, int most, List<object?> parts)
    {
        var end = text.Length;
        while (parts.Count < most)
        {
            Machine.Tick();
            var at = Text.FindLast(text, needle, 0, end);
            if (at < 0)
                break;
            parts.Add(text[(at + needle.Length)..end]);
            end = at;
        }

        parts.Add(text[..end]);
    }

    private static void WordsRight(string text, int most, List<object?> parts)
    {
        var i = text.Length;
        while (true)
        {
            while (i > 0 && IsSpace(text[i - 1]))
                i--;
            if (i == 0)
                return;
            Machine.Tick();
            if (parts.Count >= most)
            {
                parts.Add(text[..i]);
                return;
            }

            var end = i;
            while (i > 0 && !IsSpace(text[i - 1]))
                i--;
            parts.Add(text[i..end]);
        }
    }

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';

    public static ScriptList Lines(string text, bool keepEnds)
    {
        var list = new ScriptList();
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBreak(text[i]))
                continue;
            Machine.Tick();
            var end = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            list.Append(text[from..(keepEnds ? end : i)]);
            from = end;
            i = end - 1;
        }

        if (from < text.Length)
            list.Append(text[from..]);
        return list;
    }

    public static ScriptTuple Partition(string text, object? separator, bool last)
    {
        var needle = separator as string ?? throw TypeTable.TypeError($"must be str, not {Types.NameOf(separator)}");
        if (needle.Length == 0)
            throw TypeTable.ValueError("empty separator");
        var at = last ? Text.FindLast(text, needle, 0, text.Length) : Text.Find(text, needle, 0, text.Length);
        if (at < 0)
            return last ? new ScriptTuple("", "", text) : new ScriptTuple(text, "", "");
        return new ScriptTuple(text[..at], needle, text[(at + needle.Length)..]);
    }
}
