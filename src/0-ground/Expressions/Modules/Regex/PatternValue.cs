using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NetRegex = System.Text.RegularExpressions.Regex;

namespace Postern.Expressions;

/// <summary>Where a match has to lie.</summary>
internal enum Anchor
{
    Search,
    Match,
    Full,
}

/// <summary>A compiled pattern of the module re.</summary>
internal sealed class PatternValue : NativeObject
{
    private const int MaxCached = 256;

    private static readonly ConcurrentDictionary<(string, PatternFlags, long), PatternValue> Cache = new();

    private readonly NetRegex?[] anchored = new NetRegex?[3];
    private readonly string translated;
    private readonly TimeSpan limit;

    private PatternValue(string source, PatternFlags flags, TimeSpan limit)
    {
        var translator = new PatternTranslator(source, flags);
        translated = translator.Translate();
        this.limit = limit;
        Source = source;
        Flags = translator.Flags;
        Names = translator.Names;
        GroupCount = translator.GroupCount;
        Regex(Anchor.Search);
    }

    public string Source { get; }

    public PatternFlags Flags { get; }

    public Dictionary<string, int> Names { get; }

    public int GroupCount { get; }

    protected internal override ScriptType Type => ReLibrary.Pattern;

    public static PatternValue Compile(Machine machine, object? pattern, PatternFlags flags)
    {
        if (pattern is PatternValue compiled)
            return flags == PatternFlags.None ? compiled : throw TypeTable.ValueError("cannot process flags argument with a compiled pattern");
        if (pattern is ScriptBytes)
            throw TypeTable.TypeError("bytes patterns are not part of the expression language");
        var source = pattern as string ?? throw TypeTable.TypeError("first argument must be string or compiled pattern");
        var key = (source, flags, machine.RegexTime.Ticks);
        if (Cache.TryGetValue(key, out var cached))
            return cached;
        machine.Spend(200 + (source.Length * 4));
        var value = new PatternValue(source, flags, machine.RegexTime);
        // Full is emptied rather than trimmed: patterns come from few scripts, and compiling again is cheap.
        if (Cache.Count >= MaxCached)
            Cache.Clear();
        return Cache.GetOrAdd(key, value);
    }

    private NetRegex Regex(Anchor anchor)
    {
        if (anchored[(int)anchor] is { } known)
            return known;
        var options = RegexOptions.CultureInvariant;
        if (Flags.HasFlag(PatternFlags.IgnoreCase))
            options |= RegexOptions.IgnoreCase;
        if (Flags.HasFlag(PatternFlags.Multiline))
            options |= RegexOptions.Multiline;
        if (Flags.HasFlag(PatternFlags.DotAll))
            options |= RegexOptions.Singleline;
        var text = anchor switch { Anchor.Search => translated, Anchor.Match => $@"\G(?:{translated})", _ => $@"\G(?:{translated})\z" };
        try
        {
            return anchored[(int)anchor] = new NetRegex(text, options, limit);
        }
        catch (ArgumentException)
        {
            throw new ScriptException(ReLibrary.Error, $"the pattern {Representation.Of(Source)} is not supported");
        }
    }

    /// <summary>The first match from a unit offset on; null when there is none before <paramref name="to"/>.</summary>
    public Match? Find(Machine machine, string text, int from, int to, Anchor anchor = Anchor.Search)
    {
        machine.Spend(16);
        try
        {
            var match = Regex(anchor).Match(to == text.Length ? text : text[..to], from);
            return match.Success ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow(machine);
        }
    }

    public static Match? FindNext(Machine machine, Match match)
    {
        machine.Spend(16);
        try
        {
            var next = match.NextMatch();
            return next.Success ? next : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow(machine);
        }
    }

    private static BudgetException TooSlow(Machine machine) =>
        new(BudgetKind.Regex, $"a regular expression searched longer than {machine.RegexTime.TotalMilliseconds:0} ms");

    protected internal override bool IsEqualTo(object? other) =>
        other is PatternValue p && string.Equals(p.Source, Source, StringComparison.Ordinal) && p.Flags == Flags;

    protected internal override int HashOf() => HashCode.Combine(Source.GetHashCode(StringComparison.Ordinal), Flags);

    protected internal override string Represent() =>
        $"re.compile({Representation.Of(Source)}{(Flags is PatternFlags.None or PatternFlags.Unicode ? "" : ", " + ReLibrary.FlagNames(Flags))})";
}
