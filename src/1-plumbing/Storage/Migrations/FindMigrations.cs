using System.Reflection;
using System.Text.RegularExpressions;

namespace Postern.Storage.Migrations;

/// <summary>Collects the migrations embedded in assemblies, in the order of their names: a time stamp, then a word.</summary>
public static partial class FindMigrations
{
    const string folder = "Migrations/";

    /// <summary>Reads every <c>Migrations/*.sql</c> resource; a misnamed or doubly named one is a mistake of the build.</summary>
    public static IReadOnlyList<Migration> In(IEnumerable<Assembly> assemblies)
    {
        SortedDictionary<string, Migration> found = new(StringComparer.Ordinal);
        foreach (var assembly in assemblies.Distinct())
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
            {
                var name = Path.GetFileNameWithoutExtension(resource);
                if (!WellNamed().IsMatch(name))
                    throw new MigrationException($"{resource} in {assembly.GetName().Name} is not named <yyyyMMdd>T<HHmm>_<word>.sql.");
                if (!found.TryAdd(name, new Migration(name, Read(assembly, resource))))
                    throw new MigrationException($"Two assemblies carry a migration {name}; one of them is {assembly.GetName().Name}.");
            }
        }

        return [.. found.Values];
    }

    static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^\d{8}T\d{4}_[a-z0-9_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WellNamed();
}
