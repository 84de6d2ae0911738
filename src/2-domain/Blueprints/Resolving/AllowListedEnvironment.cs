using System.IO.Enumeration;

namespace Postern.Blueprints.Resolving;

/// <summary>
/// Environment variables on an allow-list of names and patterns with <c>*</c>. Names of the reference's prefix fall back to ours and the
/// other way round, as everywhere in the configuration.
/// </summary>
public sealed class AllowListedEnvironment(IReadOnlyCollection<string> patterns, Func<string, string?> read) : IBlueprintEnvironment
{
    const string Ours = "POSTERN_";
    const string Reference = "AUTHENTIK_";

    /// <summary>What blueprints may read where nothing is configured: the bootstrap values, defaults, and names made for blueprints.</summary>
    public static IReadOnlyCollection<string> DefaultPatterns { get; } =
    [
        "AUTHENTIK_BOOTSTRAP_*", "AUTHENTIK_DEFAULT_*", "AUTHENTIK_BLUEPRINT_*",
        "POSTERN_BOOTSTRAP_*", "POSTERN_DEFAULT_*", "POSTERN_BLUEPRINT_*",
    ];

    /// <inheritdoc/>
    public bool TryGet(string name, out string? value)
    {
        value = null;
        if (!patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))) return false;
        value = read(name);
        if (string.IsNullOrEmpty(value) && Alias(name) is { } alias) value = read(alias);
        return true;
    }

    static string? Alias(string name)
    {
        if (name.StartsWith(Reference, StringComparison.Ordinal)) return string.Concat(Ours, name.AsSpan(Reference.Length));
        return name.StartsWith(Ours, StringComparison.Ordinal) ? string.Concat(Reference, name.AsSpan(Ours.Length)) : null;
    }
}
