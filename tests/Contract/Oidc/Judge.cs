using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Runs a script that uses clients of other makers; it fails when they refuse what the server said.</summary>
static class Judge
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(string script, OidcServer server, JsonObject settings, TimeSpan? longest = null)
    {
        settings["origin"] = server.Server.Address.GetLeftPart(UriPartial.Authority);
        // The judges go by the real time.
        var clock = server.Server.Clock;
        clock.Advance(TimeSpan.FromTicks(Math.Max(0, (TimeProvider.System.GetUtcNow() - clock.GetUtcNow()).Ticks)));
        settings["now"] = clock.GetUtcNow().ToUnixTimeSeconds();
        settings["user"] = server.Person.Pk;
        await RunAsync(script, settings, longest);
    }

    /// <summary>Likewise with settings of the test's own.</summary>
    public static async Task RunAsync(string script, JsonObject settings, TimeSpan? longest = null)
    {
        var start = new ProcessStartInfo("node", [$"judges/{script}.mjs"]) { UseShellExecute = false, WorkingDirectory = Folder(), RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SETTINGS"] = settings.ToJsonString();
        using var node = Process.Start(start)!;
        var output = Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().WaitAsync(longest ?? patience);
        node.ExitCode.ShouldBe(0, string.Join('\n', await output));
    }

    static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(Path.GetDirectoryName(file))!;
}
