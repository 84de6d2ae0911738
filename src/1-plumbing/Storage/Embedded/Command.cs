using System.Diagnostics;

namespace Postern.Storage.Embedded;

/// <summary>Runs a short-lived program to its end and collects what it printed.</summary>
internal static class Command
{
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> line, string? workingDirectory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = workingDirectory ?? "/",
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Messages are matched and shown; they stay in English whatever the machine's language.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>As <see cref="RunAsync"/>, but a failure is the reason the database cannot start.</summary>
    public static async Task RequireAsync(IReadOnlyList<string> line, string? workingDirectory, string purpose, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync(line, workingDirectory, cancellationToken);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"{purpose} failed ({Path.GetFileName(line[0])} exit code {exitCode}): {output.Trim()}");
    }
}
