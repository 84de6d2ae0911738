using System.Globalization;

namespace Postern.Storage.Embedded;

/// <summary>An installed PostgreSQL: the folder of its programs and its major version.</summary>
internal sealed record PostgresBinaries(string Root, string BinDirectory, int MajorVersion)
{
    public const int OldestMajor = 15;

    public string Server => Path.Combine(BinDirectory, "postgres");

    public string InitDb => Path.Combine(BinDirectory, "initdb");

    /// <summary>Reads the installation at a folder, or at its <c>bin</c>; null when there is none.</summary>
    public static async Task<PostgresBinaries?> TryOpenAsync(string directory, CancellationToken cancellationToken)
    {
        foreach (var bin in new[] { Path.Combine(directory, "bin"), directory })
        {
            if (!File.Exists(Path.Combine(bin, "postgres")) || !File.Exists(Path.Combine(bin, "initdb")))
                continue;

            var root = Path.GetFileName(Path.TrimEndingDirectorySeparator(bin)) is "bin" ? Path.GetDirectoryName(bin)! : bin;
            LibraryLinks.Restore(root);
            var asked = await Command.RunAsync([Path.Combine(bin, "postgres"), "--version"], null, cancellationToken);
            if (asked.ExitCode != 0)
                throw new EmbeddedPostgresException($"The PostgreSQL in {bin} does not run on this machine: {asked.Output.Trim()}");
            return new PostgresBinaries(root, bin, ReadMajor(asked.Output));
        }

        return null;
    }

    /// <summary>"postgres (PostgreSQL) 18.4" gives 18; so does "18beta2".</summary>
    internal static int ReadMajor(string versionLine)
    {
        var number = versionLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => char.IsAsciiDigit(word[0])) ?? "";
        var digits = new string([.. number.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new EmbeddedPostgresException($"This is not a PostgreSQL version: {versionLine.Trim()}");
    }
}
