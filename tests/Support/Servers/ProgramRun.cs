using System.Diagnostics;

namespace Postern.Tests.Support.Servers;

/// <summary>A verb of the real program, run to its end.</summary>
public sealed record ProgramRun(int Code, string Output, string Errors)
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    public static async Task<ProgramRun> OfAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postern"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(patience);
        return new ProgramRun(process.ExitCode, await output, await errors);
    }
}
