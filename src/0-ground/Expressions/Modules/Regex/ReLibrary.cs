using System.Text;
using System.Text.RegularExpressions;

namespace Postern.Expressions;

/// <summary>The module `re`; every search is bounded in time.</summary>
internal static class ReLibrary
{
    public static readonly ScriptType Error = new("error", ExceptionTypes.Exception) { Module = "re" };

    public static readonly ScriptType Pattern = new ScriptType("Pattern") { Module = "re" }
        .Method("search", "string, pos=0, endpos=9223372036854775807", (m, a) => First(m, (PatternValue)a[0]!, a, Anchor.Search))
        .Method("match", "string, pos=0, endpos=9223372036854775807", (m, a) => First(m, (PatternValue)a[0]!, a, Anchor.Match))
        .Method("fullmatch", "string, pos=0, endpos=9223372036854775807", (m, a) => First(m, (PatternValue)a[0]!, a, Anchor.Full))
        .Method("findall", "string, pos=0, endpos=9223372036854775807", (m, a) => FindAll(m, (PatternValue)a[0]!, Subject(a[1])))
        .Method("finditer", "string, pos=0, endpos=9223372036854775807", (m, a) => Matches(m, (PatternValue)a[0]!, Subject(a[1])))
        .Method("split", "string, maxsplit=0", (m, a) => Split(m, (PatternValue)a[0]!, Subject(a[1]), Numbers.ToInt(a[2])))
        .Method("sub", "repl, string, count=0", (m, a) => Substitute(m, (PatternValue)a[0]!, a[1], Subject(a[2]), Numbers.ToInt(a[3])).Text)
        .Method("subn", "repl, string, count=0", (m, a) => Pair(Substitute(m, (PatternValue)a[0]!, a[1], Subject(a[2]), Numbers.ToInt(a[3]))))
        .Getter("pattern", p => ((PatternValue)p).Source)
        .Getter("flags", p => Boxed.Int((long)(((PatternValue)p).Flags | (((PatternValue)p).Flags.HasFlag(PatternFlags.Ascii) ? PatternFlags.None : PatternFlags.Unicode))))
        .Getter("groups", p => Boxed.Int(((PatternValue)p).GroupCount))
        .Getter("groupindex", p => new ScriptDict(((PatternValue)p).Names.Select(n => new KeyValuePair<string, object?>(n.Key, Boxed.Int(n.Value)))));

    private static readonly (string Short, string Long, PatternFlags Flag)[] FlagTable =
    [
        ("I", "IGNORECASE", PatternFlags.IgnoreCase), ("M", "MULTILINE", PatternFlags.Multiline), ("S", "DOTALL", PatternFlags.DotAll),
        ("X", "VERBOSE", PatternFlags.Verbose), ("A", "ASCII", PatternFlags.Ascii), ("U", "UNICODE", PatternFlags.Unicode),
    ];

    public static HostModule Build()
    {
        var module = new HostModule("re").Set("error", Error).Set("Pattern", Pattern).Set("Match", MatchValue.MatchType)
            .Def("compile", "pattern, flags=0", (m, a) => Compile(m, a[0], a[1]))
            .Def("search", "pattern, string, flags=0", (m, a) => First(m, Compile(m, a[0], a[2]), Subject(a[1]), Anchor.Search))
            .Def("match", "pattern, string, flags=0", (m, a) => First(m, Compile(m, a[0], a[2]), Subject(a[1]), Anchor.Match))
            .Def("fullmatch", "pattern, string, flags=0", (m, a) => First(m, Compile(m, a[0], a[2]), Subject(a[1]), Anchor.Full))
            .Def("findall", "pattern, string, flags=0", (m, a) => FindAll(m, Compile(m, a[0], a[2]), Subject(a[1])))
            .Def("finditer", "pattern, string, flags=0", (m, a) => Matches(m, Compile(m, a[0], a[2]), Subject(a[1])))
            .Def("split", "pattern, string, maxsplit=0, flags=0", (m, a) => Split(m, Compile(m, a[0], a[3]), Subject(a[1]), Numbers.ToInt(a[2])))
            .Def("sub", "pattern, repl, string, count=0, flags=0", (m, a) => Substitute(m, Compile(m, a[0], a[4]), a[1], Subject(a[2]), Numbers.ToInt(a[3])).Text)
            .Def("subn", "pattern, repl, string, count=0, flags=0", (m, a) => Pair(Substitute(m, Compile(m, a[0], a[4]), a[1], Subject(a[2]), Numbers.ToInt(a[3]))))
            .Def("escape", "pattern", (_, a) => Escape(TypeTable.Text(a[0], "escape")))
            .Def("purge", "", (_, _) => null);
        foreach (var (shortName, longName, flag) in FlagTable)
            module.Set(shortName, Boxed.Int((long)flag)).Set(longName, Boxed.Int((long)flag));
        return module.Set("NOFLAG", Boxed.Int(0));
    }

    public static string FlagNames(PatternFlags flags) =>
        string.Join("|", FlagTable.Where(f => f.Flag != PatternFlags.Unicode && flags.HasFlag(f.Flag)).Select(f => "re." + f.Long));

    private static PatternValue Compile(Machine machine, object? pattern, object? flags) =>
        PatternValue.Compile(machine, pattern, (PatternFlags)Numbers.ToInt(flags));

    private static string Subject(object? value) => value as string
        ?? throw TypeTable.TypeError(value is ScriptBytes ? "cannot use a string pattern on a bytes-like object" : $"expected string or bytes-like object, got '{Types.NameOf(value)}'");

    private static MatchValue? First(Machine machine, PatternValue pattern, ReadOnlySpan<object?> a, Anchor anchor)
    {
        var text = Subject(a[1]);
        var length = Text.Length(text);
        var from = (int)Math.Clamp(Numbers.ToIndex(a[2]), 0, length);
        var to = (int)Math.Clamp(Numbers.ToIndex(a[3]), 0, length);
        return from > to ? null : First(machine, pattern, text, anchor, Text.Offset(text, from), Text.Offset(text, to));
    }

    private static MatchValue? First(Machine machine, PatternValue pattern, string text, Anchor anchor, int from = 0, int? to = null) =>
        pattern.Find(machine, text, from, to ?? text.Length, anchor) is { } match ? new MatchValue(pattern, text, match, from, to ?? text.Length) : null;

    private static IEnumerable<MatchValue> Walk(Machine machine, PatternValue pattern, string text)
    {
        for (var match = pattern.Find(machine, text, 0, text.Length); match is not null; match = PatternValue.FindNext(machine, match))
            yield return new MatchValue(pattern, text, match, 0, text.Length);
    }

    private static SequenceIterator Matches(Machine machine, PatternValue pattern, string text) =>
        new(IteratorTypes.Other, Walk(machine, pattern, text));

    private static ScriptList FindAll(Machine machine, PatternValue pattern, string text)
    {
        var list = new ScriptList();
        foreach (var match in Walk(machine, pattern, text))
        {
            list.Add(pattern.GroupCount switch
            {
                0 => match.Value(0),
                1 => match.Value(1) ?? "",
                _ => match.Groups(""),
            });
        }

        return list;
    }

    private static ScriptList Split(Machine machine, PatternValue pattern, string text, int most)
    {
        var list = new ScriptList();
        var from = 0;
        var count = 0;
        for (var match = pattern.Find(machine, text, 0, text.Length); match is not null && (most <= 0 || count < most); match = PatternValue.FindNext(machine, match))
        {
            list.Add(text[from..match.Index]);
            for (var i = 1; i <= pattern.GroupCount; i++)
                list.Add(match.Groups[i].Success ? match.Groups[i].Value : null);
            from = match.Index + match.Length;
            count++;
        }

        list.Add(text[from..]);
        return list;
    }

    private static ScriptTuple Pair((string Text, int Count) result) => new(result.Text, Boxed.Int(result.Count));

    private static (string Text, int Count) Substitute(Machine machine, PatternValue pattern, object? replacement, string text, int most)
    {
        if (replacement is not string && !Builtins.IsCallable(replacement))
            throw TypeTable.TypeError($"decoding to str: need a bytes-like object, {Types.NameOf(replacement)} found");
        var result = new StringBuilder();
        int from = 0, count = 0;
        foreach (var match in Walk(machine, pattern, text))
        {
            if (most > 0 && count >= most)
                break;
            var (start, length) = match.Place;
            result.Append(text, from, start - from).Append(Replacement(machine, replacement, match));
            Machine.Charge(2L * result.Length);
            from = start + length;
            count++;
        }

        return count == 0 ? (text, 0) : (result.Append(text, from, text.Length - from).ToString(), count);
    }

    private static string Replacement(Machine machine, object? replacement, MatchValue match)
    {
        if (replacement is string template)
            return ReplacementTemplate.Expand(template, match);
        return machine.Invoke(replacement, [match], null) switch
        {
            string s => s,
            null => "",
            var other => throw TypeTable.TypeError($"expected str instance, {Types.NameOf(other)} found"),
        };
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(c, StringComparison.Ordinal))
                result.Append('\\');
            result.Append(c);
        }

        return result.ToString();
    }
}
