using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>The published program (<c>out/postern all</c>) with a data folder of its own, on a free local port.</summary>
sealed class PublishedServer : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    readonly Process process;

    PublishedServer(Process process, Uri address, TimeSpan untilReady) => (this.process, Address, UntilReady) = (process, address, untilReady);

    public Uri Address { get; }

    /// <summary>From its start to the first 200 of the readiness door.</summary>
    public TimeSpan UntilReady { get; }

    public int Id => process.Id;

    /// <param name="cpu">The only processor it may use; null for any.</param>
    public static async Task<PublishedServer> StartAsync(string program, string dataFolder, int port, int? cpu = null, Dictionary<string, string>? environment = null)
    {
        // taskset becomes the program.
        string[] command = cpu is { } one ? ["taskset", "-c", one.ToString(CultureInfo.InvariantCulture), program, "all"] : [program, "all"];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["POSTERN_DATA"] = dataFolder;
        start.Environment["POSTERN_LISTEN__HTTP"] = $"127.0.0.1:{port}";
        start.Environment["POSTERN_LISTEN__METRICS"] = "127.0.0.1:0";
        // The load comes from one address.
        foreach (var limit in new[] { "ADDRESS", "ACCOUNT", "FAILURES" })
            start.Environment[$"POSTERN_LIMITS__{limit}"] = "1000000000";
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var started = Process.Start(start)!;
        started.ErrorDataReceived += static (_, _) => { };
        started.OutputDataReceived += static (_, _) => { };
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        var address = new Uri($"http://127.0.0.1:{port}/");
        using var client = new HttpClient { BaseAddress = address };
        while (!await IsReadyAsync(client))
        {
            if (started.HasExited || clock.Elapsed > patience)
                throw new InvalidOperationException("The server did not become ready.");
            await Task.Delay(5);
        }
        return new PublishedServer(started, address, clock.Elapsed);
    }

    /// <summary>Proportional set size in bytes of the server's own process, and of its database's processes (proc_pid_smaps_rollup).</summary>
    public (long Server, long Database) Memory() => (Pss(process.Id), Descendants(process.Id).Sum(Pss));

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/-/health/ready/");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Nothing where the process has ended meanwhile, as those of single connections do.</summary>
    static long Pss(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return long.Parse(line["Pss:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    static IEnumerable<int> Descendants(int pid) => Children(pid).SelectMany(child => Descendants(child).Prepend(child));

    /// <summary>None where the process has ended meanwhile.</summary>
    static int[] Children(int pid)
    {
        try
        {
            return
            [
                .. System.IO.Directory.GetDirectories($"/proc/{pid}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
