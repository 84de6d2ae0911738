namespace Postern.Expressions;

/// <summary>A type of the script's language: what `type(x)` gives, what `isinstance` and `except` name.</summary>
public sealed class ScriptType
{
    private readonly ScriptType[] bases;

    internal ScriptType(string name, params ScriptType[] bases)
    {
        Name = name;
        this.bases = bases;
    }

    public string Name { get; }

    internal Dictionary<string, Member> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>What calling the type does; null when scripts cannot make instances.</summary>
    internal NativeFunction? Constructor { get; set; }

    /// <summary>The module in whose name the type is shown; builtins show none.</summary>
    internal string Module { get; init; } = "";

    internal bool IsException => IsSubclassOf(ExceptionTypes.BaseException);

    /// <summary>Declares an exception type of the host, such as one to skip an object.</summary>
    public static ScriptType NewException(string name, ScriptType? parent = null) => new(name, parent ?? ExceptionTypes.Exception);

    /// <summary>Declares a type of host objects, for isinstance.</summary>
    public static ScriptType NewHostType(string name, ScriptType? parent = null) => parent is null ? new(name) : new(name, parent);

    public bool IsSubclassOf(ScriptType other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Types.Object))
            return true;
        foreach (var parent in bases)
        {
            if (parent.IsSubclassOf(other))
                return true;
        }

        return false;
    }

    internal Member? Find(string name)
    {
        if (Members.TryGetValue(name, out var member))
            return member;
        foreach (var parent in bases)
        {
            if (parent.Find(name) is { } inherited)
                return inherited;
        }

        return null;
    }

    public override string ToString() => $"<class '{(Module.Length > 0 ? Module + "." : "")}{Name}'>";
}
