using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>Node's oidc-provider with tokens of its own.</summary>
sealed class PeerServer(Process process, Side side) : IAsyncDisposable
{
    static readonly Doors doors = new("/.well-known/openid-configuration", "/jwks", "/token", "/me", "/token/introspection");

    public Side Side => side;

    public static async Task<PeerServer> StartAsync(string root, NpgsqlConnectionStringBuilder database, int port, int cpu, string algorithm)
    {
        var start = new ProcessStartInfo("taskset", ["-c", cpu.ToString(CultureInfo.InvariantCulture), "node", "server.mjs"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(root, "tests", "Benchmarks", "OAuth2", "peer"),
        };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        (start.Environment["PGHOST"], start.Environment["PGUSER"], start.Environment["PGDATABASE"]) = (database.Host, database.Username, "peer");
        (start.Environment["ALG"], start.Environment["TOKENS"]) = (algorithm, "64");
        var node = Process.Start(start)!;
        var line = await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("oidc-provider did not start.");
        var tokens = JsonSerializer.Deserialize<Dictionary<string, List<string>>>(line)!;
        return new PeerServer(node, new Side(port, node.Id, doors, "measured", "a-secret-of-the-measurement-long-enough", tokens["access"], tokens["refresh"]));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
