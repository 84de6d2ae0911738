using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Embedded;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>
/// The endpoints for programs beside Node's oidc-provider, and documents beside glewlwyd too: each server alone on the second processor, the load and one durable PostgreSQL on the first.
/// All are asked the same in turn, twice, and the median counts.
/// </summary>
static class MeasureOAuth2
{
    const int Rounds = 3;
    const int ServerCpu = 1;

    static readonly TimeSpan time = TimeSpan.FromSeconds(4);
    static readonly TimeSpan warmUp = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<string>> RunAsync(string root)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-measure-");
        try
        {
            using (var self = System.Diagnostics.Process.GetCurrentProcess())
            {
                if (OperatingSystem.IsLinux())
                    self.ProcessorAffinity = 1;
            }
            await using var postgres = await EmbeddedPostgres.StartAsync(new() { DataRoot = folder.FullName }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, CancellationToken.None);
            await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
            await using (var peer = database.CreateCommand("CREATE DATABASE peer"))
                await peer.ExecuteNonQueryAsync();
            var process = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "postgres", "postmaster.pid")))[0], CultureInfo.InvariantCulture);
            List<string> table =
            [
                $"Requests per second, and microseconds of processor time for each (server + database), with {Load.Connections} connections; median of {Rounds * 2} runs of {time.TotalSeconds:N0} s.", "",
                "| What | Postern | | Beside | | | Ratio | At least |", "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |",
            ];
            foreach (var algorithm in new[] { "ES256", "RS256" })
                table.AddRange(await CompareAsync(root, folder.FullName, database, process, algorithm));
            return table;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<List<string>> CompareAsync(string root, string folder, NpgsqlDataSource database, int postgres, string algorithm)
    {
        Dictionary<string, List<Measured>> ours = new(StringComparer.Ordinal), theirs = new(StringComparer.Ordinal), small = new(StringComparer.Ordinal);
        for (var turn = 0; turn < 2; turn++)
        {
            await using (var own = await OwnServer.StartAsync(root, Path.Combine(folder, "own"), database, FreePort(), ServerCpu, algorithm))
                await AskAsync(own.Side.Questions().Where(q => Signs(q.Name) || algorithm is "ES256"), own.Side, postgres, ours);
            await using (var peer = await PeerServer.StartAsync(root, new NpgsqlConnectionStringBuilder(database.ConnectionString), FreePort(), ServerCpu, algorithm))
                await AskAsync(peer.Side.Questions().Where(q => Signs(q.Name) || algorithm is "ES256"), peer.Side, postgres, theirs);
            if (algorithm is not "ES256")
                continue;
            await using var glewlwyd = await GlewlwydServer.StartAsync(Path.Combine(folder, $"glewlwyd-{turn}"), FreePort(), ServerCpu);
            await AskAsync(glewlwyd.Side.Documents(), glewlwyd.Side, postgres, small);
        }
        return
        [
            .. ours.Keys.Select(k => Row(Signs(k) ? $"{k}, {algorithm}" : k, Measured.Median(ours[k]), "oidc-provider", Measured.Median(theirs[k]), AtLeast(k, algorithm))),
            .. small.Keys.Select(k => Row(k, Measured.Median(ours[k]), "glewlwyd", Measured.Median(small[k]), 1.3)),
        ];
    }

    // The others sign nothing, so that one comparison is enough.
    static bool Signs(string what) => what is Side.ClientCredentials or Side.Refresh;

    static double AtLeast(string what, string algorithm) => (what, algorithm) switch
    {
        (Side.ClientCredentials, "RS256") => 1.15,
        (Side.Refresh, "RS256") => 1,
        (Side.ClientCredentials or Side.Refresh, _) => 1.5,
        (Side.Discovery or Side.KeySet, _) => 3,
        _ => 2,
    };

    static async Task AskAsync(IEnumerable<Question> questions, Side side, int postgres, Dictionary<string, List<Measured>> into)
    {
        foreach (var (name, next, seen) in questions)
        {
            // The compilers of both run times are done with it by then.
            await Load.RunAsync(side.Port, warmUp, next, seen);
            for (var round = 0; round < Rounds; round++)
            {
                var (server, database) = (ProcessTree.CpuSeconds(side.Process), ProcessTree.CpuSeconds(postgres));
                var result = await Load.RunAsync(side.Port, time, next, seen);
                var measured = new Measured(result.PerSecond, (ProcessTree.CpuSeconds(side.Process) - server) * 1e6 / result.Answers, (ProcessTree.CpuSeconds(postgres) - database) * 1e6 / result.Answers);
                if (!into.TryGetValue(name, out var list))
                    into[name] = list = [];
                list.Add(measured);
            }
        }
    }

    static string Row(string what, Measured own, string beside, Measured peer, double atLeast) => string.Create(CultureInfo.InvariantCulture,
        $"| {what} | {own.PerSecond:N0}/s | {own.Server:N0} + {own.Database:N0} µs | {beside} | {peer.PerSecond:N0}/s | {peer.Server:N0} + {peer.Database:N0} µs | {own.PerSecond / peer.PerSecond:N2} | {atLeast:N2} |");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What one run showed: answers per second, and processor time of each in microseconds.</summary>
sealed record Measured(double PerSecond, double Server, double Database)
{
    public static Measured Median(List<Measured> all) => new(Middle(all, m => m.PerSecond), Middle(all, m => m.Server), Middle(all, m => m.Database));

    static double Middle(List<Measured> all, Func<Measured, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);
}
