namespace Postern.Blueprints.Resolving;

/// <summary>The environment variables that <c>!Env</c> may read.</summary>
public interface IBlueprintEnvironment
{
    /// <summary>The value of a variable. Returns false when blueprints may not read it.</summary>
    bool TryGet(string name, out string? value);
}
