namespace Postern.Expressions;

/// <summary>The builtin modules, for hosts whose own helpers build on them.</summary>
public static class ScriptModules
{
    /// <summary>A member of a builtin module; asking for one that does not exist is a bug.</summary>
    public static object? Member(string module, string name) =>
        Library.Find(module) is { } found && found.TryGet(name, out var member)
            ? member
            : throw new InvalidOperationException($"There is no {module}.{name}");
}
