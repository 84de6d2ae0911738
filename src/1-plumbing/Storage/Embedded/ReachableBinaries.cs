using System.Security.Cryptography;
using System.Text;

namespace Postern.Storage.Embedded;

/// <summary>
/// Programs below a closed folder (a checkout in /root, say) cannot be run by the unprivileged database user; root then keeps a
/// readable copy of them in the system's cache folder.
/// </summary>
internal static class ReachableBinaries
{
    const string Cache = "/var/cache/postern";

    public static async Task<PostgresBinaries> ForAsync(PostgresBinaries binaries, DatabaseUser user, CancellationToken cancellationToken)
    {
        if (await CanRunAsync(binaries, user, cancellationToken))
            return binaries;

        var target = Path.Combine(Cache, "postgres-" + Fingerprint(binaries.Server));
        if (!System.IO.Directory.Exists(target))
            await CopyAsync(binaries.Root, target, cancellationToken);

        var copy = await PostgresBinaries.TryOpenAsync(target, cancellationToken);
        return copy is not null && await CanRunAsync(copy, user, cancellationToken)
            ? copy
            : throw new EmbeddedPostgresException($"The user {user.Name} can run PostgreSQL neither from {binaries.Root} nor from its copy in {target}.");
    }

    static async Task<bool> CanRunAsync(PostgresBinaries binaries, DatabaseUser user, CancellationToken cancellationToken) =>
        (await Command.RunAsync([.. user.Become(), binaries.Server, "--version"], null, cancellationToken)).ExitCode == 0;

    static async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Cache);
        var draft = System.IO.Directory.CreateDirectory(Path.Combine(Cache, "." + Guid.NewGuid().ToString("N"))).FullName;
        await Command.RequireAsync(["cp", "-RP", source + "/.", draft], null, $"Copying PostgreSQL to {target}", cancellationToken);
        await Command.RequireAsync(["chmod", "-R", "u=rwX,go=rX", draft], null, $"Opening {target} for reading", cancellationToken);
        try
        {
            System.IO.Directory.Move(draft, target);
        }
        catch (IOException) when (System.IO.Directory.Exists(target))
        {
            System.IO.Directory.Delete(draft, recursive: true);
        }
    }

    static string Fingerprint(string file)
    {
        var info = new FileInfo(file);
        var identity = $"{info.FullName}|{info.Length}|{info.LastWriteTimeUtc.Ticks}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }
}
