namespace Postern.Expressions;

/// <summary>What the host of a script offers, for checks before it runs.</summary>
public sealed record ScriptCheckOptions
{
    /// <summary>The variables and functions of the scope, whether or not every evaluation has them.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>The host's modules by name, with the names in them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Modules { get; init; } =
        new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);

    /// <summary>True when the value matters, so that a path without `return` is worth a warning.</summary>
    public bool ExpectsValue { get; init; } = true;
}
