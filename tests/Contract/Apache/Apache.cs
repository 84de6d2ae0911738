using System.Diagnostics;

namespace Postern.Tests.Contract.Apache;

/// <summary>Debian's Apache with mod_auth_openidc in front of a page, as the guide sets it up.</summary>
sealed class Apache : IAsyncDisposable
{
    const string Program = "/usr/sbin/apache2";
    const string Modules = "/usr/lib/apache2/modules";

    static readonly string[] modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "dir", "auth_openidc"];

    readonly Process process;
    readonly string folder;

    Apache(Process process, string folder, Uri address) => (this.process, this.folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>Starts it; <paramref name="settings"/> are the directives of the guide.</summary>
    public static async Task<Apache> StartAsync(int port, string settings)
    {
        File.Exists(Program).ShouldBeTrue("apache2 is missing: ./dev test installs it");
        var root = System.IO.Directory.CreateTempSubdirectory("postern-apache-").FullName;
        // Run by root, it serves as another user.
        File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var pages = System.IO.Directory.CreateDirectory(Path.Combine(root, "pages")).FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(pages, "protected"));
        await File.WriteAllTextAsync(Path.Combine(pages, "protected", "index.html"), "behind the door");
        await File.WriteAllTextAsync(Path.Combine(pages, "bye.html"), "signed out");
        var configuration = Path.Combine(root, "apache.conf");
        await File.WriteAllTextAsync(configuration, $"""
            ServerRoot "{root}"
            ServerName localhost
            Listen 127.0.0.1:{port}
            PidFile {root}/apache.pid
            ErrorLog {root}/error.log
            DefaultRuntimeDir {root}
            {(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}
            {string.Join('\n', modules.Select(m => $"LoadModule {m}_module {Modules}/mod_{m}.so"))}
            StartServers 1
            DocumentRoot "{pages}"
            DirectoryIndex index.html
            {settings}
            """);
        var start = new ProcessStartInfo(Program, ["-f", configuration, "-X"]) { UseShellExecute = false, RedirectStandardError = true };
        var apache = new Apache(Process.Start(start)!, root, new Uri($"http://localhost:{port}/"));
        await apache.AwaitAsync();
        return apache;
    }

    public async Task<string> LogAsync()
    {
        await using var log = new FileStream(Path.Combine(folder, "error.log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    async Task AwaitAsync()
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var turn = 0; turn < 200 && !process.HasExited && await timer.WaitForNextTickAsync(); turn++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(Address, "bye.html"));
                return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"Apache did not start: {(process.HasExited ? await process.StandardError.ReadToEndAsync() : "")} {await LogAsync()}");
    }
}
