namespace Postern.Expressions;

/// <summary>A node of the syntax tree with the place it starts at.</summary>
internal abstract class Node(ScriptPosition position)
{
    public ScriptPosition Position { get; } = position;
}

internal abstract class Expr(ScriptPosition position) : Node(position)
{
    /// <summary>Levels of nesting below this node; the parser bounds it, so that no later walk runs out of stack.</summary>
    public int Depth { get; set; } = 1;
}

internal sealed class ConstantExpr(object? value, ScriptPosition position) : Expr(position)
{
    public object? Value { get; } = value;
}

internal sealed class NameExpr(string name, ScriptPosition position) : Expr(position)
{
    public string Name { get; } = name;
}

internal sealed class AttributeExpr(Expr target, string name, ScriptPosition position) : Expr(position)
{
    public Expr Target { get; } = target;

    public string Name { get; } = name;
}

internal sealed class SubscriptExpr(Expr target, Expr index, ScriptPosition position) : Expr(position)
{
    public Expr Target { get; } = target;

    public Expr Index { get; } = index;
}

internal sealed class SliceExpr(Expr? lower, Expr? upper, Expr? step, ScriptPosition position) : Expr(position)
{
    public Expr? Lower { get; } = lower;

    public Expr? Upper { get; } = upper;

    public Expr? Step { get; } = step;
}

internal enum ArgumentKind
{
    Positional,
    Keyword,
    Star,
    DoubleStar,
}

internal sealed record Argument(ArgumentKind Kind, string? Name, Expr Value);

internal sealed class CallExpr(Expr function, IReadOnlyList<Argument> arguments, ScriptPosition position) : Expr(position)
{
    public Expr Function { get; } = function;

    public IReadOnlyList<Argument> Arguments { get; } = arguments;
}

internal sealed class UnaryExpr(UnaryOperator op, Expr operand, ScriptPosition position) : Expr(position)
{
    public UnaryOperator Operator { get; } = op;

    public Expr Operand { get; } = operand;
}

internal sealed class BinaryExpr(BinaryOperator op, Expr left, Expr right, ScriptPosition position) : Expr(position)
{
    public BinaryOperator Operator { get; } = op;

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;
}

internal sealed class CompareExpr(Expr first, IReadOnlyList<(CompareOperator Operator, Expr Value)> rest, ScriptPosition position) : Expr(position)
{
    public Expr First { get; } = first;

    public IReadOnlyList<(CompareOperator Operator, Expr Value)> Rest { get; } = rest;
}

internal sealed class LogicalExpr(bool isAnd, IReadOnlyList<Expr> values, ScriptPosition position) : Expr(position)
{
    public bool IsAnd { get; } = isAnd;

    public IReadOnlyList<Expr> Values { get; } = values;
}

internal sealed class ConditionalExpr(Expr test, Expr then, Expr otherwise, ScriptPosition position) : Expr(position)
{
    public Expr Test { get; } = test;

    public Expr Then { get; } = then;

    public Expr Otherwise { get; } = otherwise;
}

internal sealed class StarredExpr(Expr value, ScriptPosition position) : Expr(position)
{
    public Expr Value { get; } = value;
}

internal enum SequenceKind
{
    List,
    Tuple,
    Set,
}

internal sealed class SequenceExpr(SequenceKind kind, IReadOnlyList<Expr> items, ScriptPosition position) : Expr(position)
{
    public SequenceKind Kind { get; } = kind;

    public IReadOnlyList<Expr> Items { get; } = items;
}

/// <summary>A dict display; an item without a key is a `**mapping`.</summary>
internal sealed class DictExpr(IReadOnlyList<(Expr? Key, Expr Value)> items, ScriptPosition position) : Expr(position)
{
    public IReadOnlyList<(Expr? Key, Expr Value)> Items { get; } = items;
}

internal sealed class AssignmentExpr(NameExpr target, Expr value, ScriptPosition position) : Expr(position)
{
    public NameExpr Target { get; } = target;

    public Expr Value { get; } = value;
}

internal sealed class YieldExpr(Expr? value, bool isFrom, ScriptPosition position) : Expr(position)
{
    public Expr? Value { get; } = value;

    public bool IsFrom { get; } = isFrom;
}

internal sealed record FormatPart(Expr Value, char Conversion, FormattedExpr? Spec);

/// <summary>An f-string: each part is a <see cref="string"/> or a <see cref="FormatPart"/>.</summary>
internal sealed class FormattedExpr(IReadOnlyList<object> parts, ScriptPosition position) : Expr(position)
{
    public IReadOnlyList<object> Parts { get; } = parts;
}
