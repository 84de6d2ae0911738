using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Postern.Pages.Static;

/// <summary>The files that the build put into this assembly: compressed bodies by hashed name, names by source name, icons.</summary>
static class AssetCatalog
{
    const string Prefix = "assets/";
    static readonly Assembly assembly = typeof(AssetCatalog).Assembly;

    public static FrozenDictionary<string, string> Names { get; } = Map("manifest.json");

    /// <summary>The inner markup of each icon.</summary>
    public static FrozenDictionary<string, string> Icons { get; } = Map("icons.json");

    static readonly FrozenSet<string> files = assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Holds(string hashedName) => files.Contains($"{hashedName}.br");

    /// <summary>The body of a file in one of the codings that it is kept in: <c>br</c> or <c>gz</c>.</summary>
    public static Stream Open(string hashedName, string extension) => Resource($"{hashedName}.{extension}");

    static FrozenDictionary<string, string> Map(string file)
    {
        using var stream = Resource(file);
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    static Stream Resource(string name) =>
        assembly.GetManifestResourceStream(Prefix + name) ?? throw new InvalidOperationException($"The assembly carries no asset {name}.");
}
