namespace Postern.Expressions;

internal abstract class Pattern(ScriptPosition position) : Node(position);

/// <summary>A literal or dotted name, compared by equality (None, True and False by identity).</summary>
internal sealed class ValuePattern(Expr value, ScriptPosition position) : Pattern(position)
{
    public Expr Value { get; } = value;
}

/// <summary>A capture; without a name it is the wildcard. <see cref="Inner"/> is the part before `as`.</summary>
internal sealed class CapturePattern(string? name, Pattern? inner, ScriptPosition position) : Pattern(position)
{
    public string? Name { get; } = name;

    public Pattern? Inner { get; } = inner;

    public bool IsIrrefutable => Inner is null;
}

internal sealed class StarPattern(string? name, ScriptPosition position) : Pattern(position)
{
    public string? Name { get; } = name;
}

internal sealed class SequencePattern(IReadOnlyList<Pattern> items, ScriptPosition position) : Pattern(position)
{
    public IReadOnlyList<Pattern> Items { get; } = items;
}

internal sealed class MappingPattern(IReadOnlyList<(Expr Key, Pattern Value)> items, string? rest, ScriptPosition position) : Pattern(position)
{
    public IReadOnlyList<(Expr Key, Pattern Value)> Items { get; } = items;

    public string? Rest { get; } = rest;
}

internal sealed class ChoicePattern(IReadOnlyList<Pattern> choices, ScriptPosition position) : Pattern(position)
{
    public IReadOnlyList<Pattern> Choices { get; } = choices;
}

/// <summary>`str()`, `int(n)` or `Thing(attribute=pattern)`.</summary>
internal sealed class ClassPattern(Expr type, IReadOnlyList<Pattern> positional, IReadOnlyList<(string Name, Pattern Value)> keywords, ScriptPosition position)
    : Pattern(position)
{
    public Expr Type { get; } = type;

    public IReadOnlyList<Pattern> Positional { get; } = positional;

    public IReadOnlyList<(string Name, Pattern Value)> Keywords { get; } = keywords;
}

internal sealed record MatchCase(Pattern Pattern, Expr? Guard, IReadOnlyList<Stmt> Body);

internal sealed class MatchStmt(Expr subject, IReadOnlyList<MatchCase> cases, ScriptPosition position) : Stmt(position)
{
    public Expr Subject { get; } = subject;

    public IReadOnlyList<MatchCase> Cases { get; } = cases;
}
