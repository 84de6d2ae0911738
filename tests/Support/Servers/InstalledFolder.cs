using System.Diagnostics;

namespace Postern.Tests.Support.Servers;

/// <summary>A data folder as the real program leaves it after its first start, made once and copied: for tests of what comes later.</summary>
public static class InstalledFolder
{
    /// <summary>Of <c>akadmin</c>.</summary>
    public const string Password = "correct horse battery staple";

    /// <summary>The API token of <c>akadmin</c>.</summary>
    public const string Token = "an-api-token-of-the-first-start";

    static readonly Lazy<Task<string>> first = new(MakeAsync);

    /// <summary>Makes the folder, which must not exist.</summary>
    public static async Task CopyToAsync(string folder)
    {
        // Keeps the owners: the built-in database does not run as root.
        using var copy = Process.Start("cp", ["-a", await first.Value, folder]);
        await copy.WaitForExitAsync();
        if (copy.ExitCode != 0)
            throw new InvalidOperationException($"The installation was not copied to {folder}.");
    }

    static async Task<string> MakeAsync()
    {
        var root = System.IO.Directory.CreateTempSubdirectory("postern-installed-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => root.Delete(recursive: true);
        var folder = Path.Combine(root.FullName, "data");
        await using var server = ServerProcess.Start(
            folder, ("POSTERN_BOOTSTRAP_PASSWORD", Password), ("POSTERN_BOOTSTRAP_TOKEN", Token), ("POSTERN_BOOTSTRAP_EMAIL", "root@example.org"), ("POSTERN_PASSWORD_ITERATIONS", "1000"));
        await server.AnswersAsync();
        return await server.TerminateAsync() == 0 ? folder : throw new InvalidOperationException($"The first start failed:\n{server.Errors}");
    }
}
