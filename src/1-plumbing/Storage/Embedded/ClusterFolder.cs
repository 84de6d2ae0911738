namespace Postern.Storage.Embedded;

/// <summary>The folder of the database cluster: made by initdb when absent, checked for its version when present.</summary>
internal static class ClusterFolder
{
    /// <summary>
    /// As root the path leads through folders the database user may not enter; its own working folder it may always use.
    /// </summary>
    public static string PathFor(DatabaseUser? user, string cluster) => user is null ? cluster : "/proc/self/cwd";

    public static async Task PrepareAsync(
        string cluster, PostgresBinaries binaries, DatabaseUser? user, bool durable, CancellationToken cancellationToken)
    {
        if (ReadMajor(cluster) is not { } version)
        {
            await CreateAsync(cluster, binaries, user, durable, cancellationToken);
            return;
        }

        if (version != binaries.MajorVersion)
        {
            throw new EmbeddedPostgresException(
                $"The data in {cluster} was written by PostgreSQL {version}, but the one found in {binaries.Root} is version {binaries.MajorVersion}. " +
                $"Name a PostgreSQL {version} with POSTERN_POSTGRES_BIN.");
        }

        // Data of an ordinary user that root now serves (or data copied by root) changes hands once.
        if (user is not null && !await user.OwnsAsync(cluster, cancellationToken))
            await user.TakeOverAsync(cluster, cancellationToken);
    }

    /// <summary>The major version that wrote the cluster; null where none stands yet.</summary>
    public static int? ReadMajor(string cluster)
    {
        var version = Path.Combine(cluster, "PG_VERSION");
        return File.Exists(version) ? PostgresBinaries.ReadMajor(File.ReadAllText(version)) : null;
    }

    static async Task CreateAsync(string cluster, PostgresBinaries binaries, DatabaseUser? user, bool durable, CancellationToken cancellationToken)
    {
        if (System.IO.Directory.Exists(cluster) && System.IO.Directory.EnumerateFileSystemEntries(cluster).Any())
            throw new EmbeddedPostgresException($"{cluster} is not empty and holds no database. Move its content away or choose another POSTERN_DATA.");

        // Made under another name first: a start cut short never leaves half a cluster behind.
        var draft = cluster + ".new";
        if (System.IO.Directory.Exists(draft))
            System.IO.Directory.Delete(draft, recursive: true);
        System.IO.Directory.CreateDirectory(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (user is not null)
            await user.TakeOverAsync(draft, cancellationToken);

        List<string> line =
        [
            .. user?.Become() ?? [], binaries.InitDb, "--pgdata", PathFor(user, draft), "--username", EmbeddedPostgres.UserName, "--auth", "trust",
            "--encoding", "UTF8", "--no-instructions", .. Locale(binaries.MajorVersion), .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
        await Command.RequireAsync(line, draft, "Creating the database", cancellationToken);
        if (System.IO.Directory.Exists(cluster))
            System.IO.Directory.Delete(cluster);
        System.IO.Directory.Move(draft, cluster);
    }

    // Text sorts and compares alike on every machine: no operating-system locale is involved where PostgreSQL brings its own.
    static string[] Locale(int major) =>
        major >= 17 ? ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"] : ["--locale", "C.UTF-8"];
}
