namespace Postern.Blueprints.Nodes;

/// <summary><c>!Enumerate [source, SEQ or MAP, body]</c>: the body resolved once for each item of the source.</summary>
public sealed class EnumerateNode(NodePlace place, BlueprintNode source, bool intoMap, BlueprintNode body) : TagNode(place, [source, body], 0)
{
    /// <summary>The list, map or text to go through.</summary>
    public BlueprintNode Source { get; } = source;

    /// <summary>Whether bodies are merged into a map (MAP) or collected in a list (SEQ).</summary>
    public bool IntoMap { get; } = intoMap;

    /// <summary>The body; for MAP a <c>[key, value]</c> pair or a map.</summary>
    public BlueprintNode Body { get; } = body;
}

/// <summary><c>!Index n</c>: the index or key of the n-th enclosing loop, 0 for the innermost.</summary>
public sealed class IndexNode(NodePlace place, int depth) : TagNode(place, [], 0)
{
    /// <summary>How many loops outwards.</summary>
    public int Depth { get; } = depth;
}

/// <summary><c>!Value n</c>: the value of the n-th enclosing loop, 0 for the innermost.</summary>
public sealed class ValueNode(NodePlace place, int depth) : TagNode(place, [], 0)
{
    /// <summary>How many loops outwards.</summary>
    public int Depth { get; } = depth;
}
