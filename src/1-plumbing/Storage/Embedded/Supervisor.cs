using System.Diagnostics;

namespace Postern.Storage.Embedded;

/// <summary>
/// Runs the database under a small shell that holds a pipe to us. The kernel closes the pipe when we end, even by SIGKILL, and the
/// shell then stops the database. A parent-death signal would not do: it fires when the starting thread ends, and a change of user clears it.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    // A session of its own: Ctrl+C in the terminal must reach the server only, which stops the database last.
    // INT asks PostgreSQL for a fast, QUIT for an immediate shutdown.
    const string Script = """
        exec 3<&0 </dev/null >/dev/null 2>&1
        trap '' HUP INT TERM
        sockets=$1 log=$2
        shift 2
        "$@" >>"$log" 2>&1 3<&- &
        database=$!
        {
            read -r end <&3
            kill -INT $database
            sleep 20
            kill -QUIT $database
        } &
        watcher=$!
        wait $database
        code=$?
        kill -KILL $watcher
        rm -rf "$sockets"
        exit $code
        """;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Process shell;

    Supervisor(Process shell) => this.shell = shell;

    /// <summary>Completes when the database process has ended, asked or not.</summary>
    public Task Ended => shell.WaitForExitAsync();

    public bool HasEnded => shell.HasExited;

    public static Supervisor Start(IEnumerable<string> database, string cluster, string socketDirectory, string logFile)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script, "postern-database", socketDirectory, logFile, .. database])
        {
            WorkingDirectory = cluster,
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurSecret).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return new Supervisor(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await shell.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        shell.Dispose();
    }

    // The database has no use for the server's passwords and keys; PG* variables would change how it starts.
    static bool IsOurSecret(string name) =>
        name.StartsWith("POSTERN_", StringComparison.Ordinal) || name.StartsWith("AUTHENTIK_", StringComparison.Ordinal) || name.StartsWith("PORTAL_", StringComparison.Ordinal) ||
        name.StartsWith("PG", StringComparison.Ordinal);
}
