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

    /// <summary>What blueprints may read where nothing is configured: the values of the first start, and names made for blueprints.</summary>
    public static IReadOnlyCollection<string> DefaultPatterns { get; } =
    [
        "AUTHENTIK_BOOTSTRAP_*", "AUTHENTIK_DEFAULT_BRAND_ENABLED", "AUTHENTIK_BLUEPRINT_*",
        "POSTERN_BOOTSTRAP_*", "POSTERN_DEFAULT_BRAND_ENABLED", "POSTERN_BLUEPRINT_*",
    ];

    /// <inheritdoc/>
    public bool TryGet(string name, out string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        value = null;
        if (!patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))) return false;
        value = Names(name).Select(read).FirstOrDefault(found => !string.IsNullOrEmpty(found)) ?? read(name);
        return true;
    }

    // Ours win, as everywhere in the configuration.
    static string[] Names(string name)
    {
        if (name.StartsWith(Reference, StringComparison.Ordinal)) return [string.Concat(Ours, name.AsSpan(Reference.Length)), name];
        return name.StartsWith(Ours, StringComparison.Ordinal) ? [name, string.Concat(Reference, name.AsSpan(Ours.Length))] : [name];
    }
}
