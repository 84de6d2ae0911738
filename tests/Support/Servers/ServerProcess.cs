using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Postern.Tests.Support.Servers;

/// <summary>The real program in a process of its own, as an operator starts it; killed at the latest when disposed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    const string announcement = "Postern answers at ";
    const string invitation = "Set it up at ";
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder errors = new();
    readonly TaskCompletionSource<Uri> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<Uri> setup = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ServerProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>What it said on standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    /// <summary>Starts it on a free local port; it may still refuse to start.</summary>
    public static ServerProcess Start(string dataRoot, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postern"), ["all"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["POSTERN_DATA"] = dataRoot;
        start.Environment["POSTERN_LISTEN__HTTP"] = "127.0.0.1:0";
        start.Environment["POSTERN_LISTEN__METRICS"] = "127.0.0.1:0";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The address it announces once it answers.</summary>
    public async Task<Uri> AnswersAsync()
    {
        var first = await Task.WhenAny(announced.Task, process.WaitForExitAsync()).WaitAsync(patience);
        return first == announced.Task ? await announced.Task : throw new InvalidOperationException($"The server ended instead of answering:\n{Errors}");
    }

    /// <summary>The one-time link that it prints until the first administrator has a password.</summary>
    public Task<Uri> SetupLinkAsync() => setup.Task.WaitAsync(patience);

    /// <summary>The exit code it ends with by itself.</summary>
    public async Task<int> EndsAsync()
    {
        await process.WaitForExitAsync().WaitAsync(patience);
        return process.ExitCode;
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await EndsAsync();
    }

    /// <summary>Ends it without a chance to do anything more (SIGKILL), alone: its children are not touched.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await EndsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    void Read(string? line)
    {
        if (line is null)
            return;
        lock (errors)
            errors.AppendLine(line);
        if (line.StartsWith(announcement, StringComparison.Ordinal))
            announced.TrySetResult(new Uri(line[announcement.Length..]));
        if (line.StartsWith(invitation, StringComparison.Ordinal))
            setup.TrySetResult(new Uri(line[invitation.Length..]));
    }
}
