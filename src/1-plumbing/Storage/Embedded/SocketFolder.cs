namespace Postern.Storage.Embedded;

/// <summary>
/// The private folder of the database's socket. Socket paths end at 107 bytes (unix(7)), so it stands in the temporary folder and not
/// in the data folder, whose path may be long.
/// </summary>
internal static class SocketFolder
{
    const int longestPathBytes = 107;
    const string prefix = "postern-";

    public static async Task<string> CreateAsync(DatabaseUser? user, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory(prefix).FullName;
        if (System.Text.Encoding.UTF8.GetByteCount(SocketIn(folder)) > longestPathBytes)
        {
            System.IO.Directory.Delete(folder);
            throw new EmbeddedPostgresException($"The temporary folder {Path.GetTempPath()} has too long a path for a socket. Set TMPDIR to a shorter one.");
        }

        if (user is not null)
            await user.TakeOverAsync(folder, cancellationToken);
        return folder;
    }

    public static bool IsOurs(string folder) =>
        string.Equals(Path.GetDirectoryName(folder), Path.TrimEndingDirectorySeparator(Path.GetTempPath()), StringComparison.Ordinal) && Path.GetFileName(folder).StartsWith(prefix, StringComparison.Ordinal);

    public static string SocketIn(string folder) => Path.Combine(folder, ".s.PGSQL.5432");
}
