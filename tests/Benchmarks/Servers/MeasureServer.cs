using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>Start-up, memory and page weight of the published server, beside their limits.</summary>
static class MeasureServer
{
    const int Starts = 5;
    const string LoginPage = "/if/flow/default-authentication-flow/";

    public static async Task<IReadOnlyList<Figure>> RunAsync(string program)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-measure-");
        try
        {
            // The first start makes the database and is not counted.
            await using (await PublishedServer.StartAsync(program, folder.FullName, FreePort()))
            {
            }
            var starts = new List<double>();
            for (var i = 1; i < Starts; i++)
            {
                await using var server = await PublishedServer.StartAsync(program, folder.FullName, FreePort());
                starts.Add(server.UntilReady.TotalMilliseconds);
            }
            await using var last = await PublishedServer.StartAsync(program, folder.FullName, FreePort());
            starts.Add(last.UntilReady.TotalMilliseconds);
            var (requests, bytes) = await PageWeight.OfAsync(last.Address, LoginPage);
            await Task.Delay(TimeSpan.FromSeconds(5));
            var (memory, database) = last.Memory();
            starts.Sort();
            return
            [
                new("Cold start to ready, median of 5", starts[Starts / 2], 2000, "ms"),
                new("Idle memory of the server (PSS)", memory / 1e6, 200, "MB"),
                new("Idle memory of the embedded database (PSS)", database / 1e6, null, "MB"),
                new($"Login page, compressed, {requests.ToString(CultureInfo.InvariantCulture)} requests", bytes / 1e3, 60, "kB"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One measured value beside the limit it must keep, when there is one.</summary>
sealed record Figure(string Name, double Value, double? Limit, string Unit)
{
    public string Row => string.Create(CultureInfo.InvariantCulture,
        $"| {Name} | {Short(Value)} {Unit} | {(Limit is { } l ? $"{Short(l)} {Unit}" : "")} | {(Limit is { } of ? $"{Value / of:N2}" : "")} |");

    // Small values would say little without what follows the point.
    static string Short(double value) => value.ToString(value < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
