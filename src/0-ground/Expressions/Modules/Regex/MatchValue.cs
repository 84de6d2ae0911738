using System.Text.RegularExpressions;

namespace Postern.Expressions;

/// <summary>A match of the module re; its positions count characters.</summary>
internal sealed class MatchValue(PatternValue pattern, string text, Match match, int from, int to) : NativeObject
{
    public static readonly ScriptType MatchType = new ScriptType("Match") { Module = "re" }
        .Method("group", "*groups", (_, a) => Self(a).Group((object?[])a[1]!))
        .Method("groups", "default=None", (_, a) => Self(a).Groups(a[1]))
        .Method("groupdict", "default=None", (_, a) => Self(a).Named(a[1]))
        .Method("start", "group=0, /", (_, a) => Boxed.Int(Self(a).Bounds(a[1]).Start))
        .Method("end", "group=0, /", (_, a) => Boxed.Int(Self(a).Bounds(a[1]).End))
        .Method("span", "group=0, /", (_, a) => Self(a).Bounds(a[1]) is var (s, e) ? new ScriptTuple(Boxed.Int(s), Boxed.Int(e)) : null)
        .Method("expand", "template, /", (_, a) => ReplacementTemplate.Expand(TypeTable.Text(a[1], "expand"), Self(a)))
        .Getter("string", m => ((MatchValue)m).Text)
        .Getter("re", m => ((MatchValue)m).Pattern)
        .Getter("pos", m => Boxed.Int(((MatchValue)m).Index(((MatchValue)m).From)))
        .Getter("endpos", m => Boxed.Int(((MatchValue)m).Index(((MatchValue)m).To)))
        .Getter("lastindex", m => ((MatchValue)m).LastIndex())
        .Getter("lastgroup", m => ((MatchValue)m).LastName());

    public PatternValue Pattern { get; } = pattern;

    public string Text { get; } = text;

    /// <summary>Where the match lies, in units.</summary>
    public (int Start, int Length) Place => (match.Index, match.Length);

    private int From { get; } = from;

    private int To { get; } = to;

    protected internal override ScriptType Type => MatchType;

    protected internal override bool HasItems => true;

    private static MatchValue Self(ReadOnlySpan<object?> a) => (MatchValue)a[0]!;

    protected internal override bool TryGetItem(object? key, out object? value)
    {
        value = Value(Number(key));
        return true;
    }

    public int Number(object? group)
    {
        if (group is string name)
            return Pattern.Names.TryGetValue(name, out var number) ? number : throw NoGroup();
        var index = Numbers.IsInteger(group) ? Numbers.ToIndex(group) : throw NoGroup();
        return index >= 0 && index <= Pattern.GroupCount ? (int)index : throw NoGroup();
    }

    private static ScriptException NoGroup() => new(ExceptionTypes.IndexError, "no such group");

    public string? Value(int group) => match.Groups[group] is { Success: true } found ? found.Value : null;

    public object? Group(object?[] groups) => groups.Length switch
    {
        0 => match.Value,
        1 => Value(Number(groups[0])),
        _ => new ScriptTuple(groups.Select(g => (object?)Value(Number(g))).ToArray()),
    };

    public ScriptTuple Groups(object? missing) =>
        new(Enumerable.Range(1, Pattern.GroupCount).Select(i => Value(i) ?? missing).ToArray());

    private ScriptDict Named(object? missing)
    {
        var dict = new ScriptDict();
        foreach (var (name, number) in Pattern.Names)
            dict.Set(name, Value(number) ?? missing);
        return dict;
    }

    private int Index(int offset) => Expressions.Text.Index(Text, offset);

    private (int Start, int End) Bounds(object? group)
    {
        var found = match.Groups[Number(group)];
        return found.Success ? (Index(found.Index), Index(found.Index + found.Length)) : (-1, -1);
    }

    private object? LastIndex()
    {
        // The group that closed last: the one that ends furthest, the outermost of those that end together.
        int best = 0, end = -1;
        for (var i = 1; i <= Pattern.GroupCount; i++)
        {
            var group = match.Groups[i];
            if (group.Success && group.Index + group.Length > end)
                (best, end) = (i, group.Index + group.Length);
        }

        return best == 0 ? null : Boxed.Int(best);
    }

    private string? LastName()
    {
        var last = LastIndex();
        return last is long index ? Pattern.Names.FirstOrDefault(p => p.Value == index).Key : null;
    }

    protected internal override string Represent() =>
        $"<re.Match object; span=({Bounds(Boxed.Int(0)).Start}, {Bounds(Boxed.Int(0)).End}), match={Representation.Of(match.Value)}>";
}
