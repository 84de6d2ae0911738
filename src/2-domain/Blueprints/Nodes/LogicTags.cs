namespace Postern.Blueprints.Nodes;

/// <summary><c>!Format [text, arguments…]</c>: Python's % formatting.</summary>
public sealed class FormatNode(NodePlace place, BlueprintNode format, IReadOnlyList<BlueprintNode> arguments) : TagNode(place, [format, .. arguments], 0)
{
    /// <summary>The text with its placeholders.</summary>
    public BlueprintNode Format { get; } = format;

    /// <summary>What fills them.</summary>
    public IReadOnlyList<BlueprintNode> Arguments { get; } = arguments;
}

/// <summary><c>!Condition [MODE, arguments…]</c>: a boolean over the truth of its arguments.</summary>
public sealed class ConditionNode(NodePlace place, ConditionMode mode, IReadOnlyList<BlueprintNode> arguments) : TagNode(place, arguments, 0)
{
    /// <summary>How the arguments combine.</summary>
    public ConditionMode Mode { get; } = mode;

    /// <summary>The arguments, at least one.</summary>
    public IReadOnlyList<BlueprintNode> Arguments { get; } = arguments;
}

/// <summary>How <c>!Condition</c> combines its arguments; exclusive or over many is parity.</summary>
public enum ConditionMode
{
    /// <summary>All are true.</summary>
    And,

    /// <summary>Not all are true.</summary>
    Nand,

    /// <summary>One is true.</summary>
    Or,

    /// <summary>None is true.</summary>
    Nor,

    /// <summary>An odd number is true.</summary>
    Xor,

    /// <summary>An even number is true.</summary>
    Xnor,
}

/// <summary><c>!If [test]</c> (true or false) or <c>!If [test, then, else]</c>.</summary>
public sealed class IfNode(NodePlace place, BlueprintNode test, BlueprintNode? whenTrue, BlueprintNode? whenFalse)
    : TagNode(place, Present(test, whenTrue, whenFalse), 0)
{
    /// <summary>What decides.</summary>
    public BlueprintNode Test { get; } = test;

    /// <summary>The value when the test is truthy; null stands for true.</summary>
    public BlueprintNode? WhenTrue { get; } = whenTrue;

    /// <summary>The value otherwise; null stands for false.</summary>
    public BlueprintNode? WhenFalse { get; } = whenFalse;
}

/// <summary><c>!AtIndex [source, key]</c> or <c>!AtIndex [source, key, default]</c>: an item of a list or a value of a map.</summary>
public sealed class AtIndexNode(NodePlace place, BlueprintNode source, BlueprintNode key, BlueprintNode? fallback)
    : TagNode(place, Present(source, key, fallback), 0)
{
    /// <summary>The list or map.</summary>
    public BlueprintNode Source { get; } = source;

    /// <summary>The index (negative counts from the end) or key.</summary>
    public BlueprintNode Key { get; } = key;

    /// <summary>What stands in for a missing item.</summary>
    public BlueprintNode? Default { get; } = fallback;
}
