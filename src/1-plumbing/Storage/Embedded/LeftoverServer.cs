using System.Globalization;

namespace Postern.Storage.Embedded;

/// <summary>
/// What an earlier run left in the cluster folder: a lock file of a dead process, or a database process still finishing after
/// its server was killed. Looked at only while the folder's lock is ours, so no live server can be meant.
/// </summary>
internal static class LeftoverServer
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task ClearAsync(string cluster, TimeProvider clock, CancellationToken cancellationToken)
    {
        var lockFile = Path.Combine(cluster, "postmaster.pid");
        if (ReadProcessId(lockFile) is not { } processId)
            return;

        var sockets = File.ReadLines(lockFile).ElementAtOrDefault(4);
        if (RunsIn(processId, cluster))
        {
            await StopAsync(processId, cluster, clock, cancellationToken);
        }
        else
        {
            // The number may belong to an unrelated process by now (common in containers); PostgreSQL would refuse to start.
            File.Delete(lockFile);
        }

        if (sockets is not null && SocketFolder.IsOurs(sockets) && System.IO.Directory.Exists(sockets))
            System.IO.Directory.Delete(sockets, recursive: true);
    }

    internal static int? ReadProcessId(string lockFile)
    {
        if (!File.Exists(lockFile))
            return null;
        return int.TryParse(File.ReadLines(lockFile).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var processId) ? processId : null;
    }

    /// <summary>A PostgreSQL process always has its cluster as working folder.</summary>
    internal static bool RunsIn(int processId, string cluster)
    {
        try
        {
            var folder = new DirectoryInfo($"/proc/{processId}/cwd").LinkTarget;
            return folder is not null && string.Equals(folder, RealPath(cluster), StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static async Task StopAsync(int processId, string cluster, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await Command.RunAsync(["kill", "-INT", processId.ToString(CultureInfo.InvariantCulture)], null, cancellationToken);
        while (RunsIn(processId, cluster))
        {
            if (clock.GetElapsedTime(started) > Patience)
                throw new EmbeddedPostgresException($"A PostgreSQL process of an earlier run (process {processId}) still uses {cluster} and does not stop.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }
    }

    static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return real;
    }
}
