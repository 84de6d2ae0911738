namespace Postern.Expressions;

/// <summary>A place in the code that reads an attribute: the name with its hash, and the method found there last.</summary>
internal sealed class Site(string name)
{
    public string Name { get; } = name;

    public int Hash { get; } = Equality.Hash(name);

    public bool IsAllowed { get; } = AttributeNames.IsAllowed(name);

    /// <summary>Evaluations on other threads may set it too: whichever they see is right for its type.</summary>
    public FoundMethod? Last { get; set; }
}

/// <summary>A method by the type of its receiver.</summary>
internal sealed record FoundMethod(ScriptType Type, NativeFunction Function);
