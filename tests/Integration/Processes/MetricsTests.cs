using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary>Figures are answered where monitoring comes by, and nowhere else.</summary>
public sealed class MetricsTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-metrics-");

    string Data => Path.Combine(folder.FullName, "data");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_are_answered_on_their_own_address_alone()
    {
        var port = FreePort();
        await using var server = ServerProcess.Start(Data, ("POSTERN_LISTEN__METRICS", $"127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = await server.AnswersAsync() };
        (await http.GetAsync("/api/v3/root/config/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync("/api/v3/core/users/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync("/-/metrics/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync("/metrics", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var monitoring = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        var text = await FirstAnswerAsync(monitoring);

        Figure(text, "postern_http_requests_total{class=\"2xx\"}").ShouldBeGreaterThanOrEqualTo(1);
        Figure(text, "postern_http_requests_total{class=\"4xx\"}").ShouldBeGreaterThanOrEqualTo(3);
        Figure(text, "postern_http_request_duration_seconds_count").ShouldBeGreaterThanOrEqualTo(4);
        Figure(text, "postern_jobs{state=\"failed\"}").ShouldBe(0);
        Figure(text, "postern_jobs{state=\"planned\"}").ShouldBeGreaterThan(0);
        Figure(text, "postern_mails{state=\"queued\"}").ShouldBe(0);
        Figure(text, "postern_sessions_active").ShouldBe(0);
        Figure(text, "postern_database_up").ShouldBe(1);
        Figure(text, "postern_database_connections{state=\"idle\"}").ShouldBeGreaterThan(0);
        Figure(text, "postern_database_connections_max").ShouldBe(114);
        Figure(text, "process_resident_memory_bytes").ShouldBeGreaterThan(1_000_000);
        (await monitoring.GetAsync("/api/v3/root/config/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_address_is_taken_the_server_runs_on_without()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await InstalledFolder.CopyToAsync(Data);
        await using var server = ServerProcess.Start(Data, ("POSTERN_LISTEN__METRICS", taken.LocalEndpoint.ToString()!));
        using var http = new HttpClient { BaseAddress = await server.AnswersAsync() };

        (await http.GetAsync("/-/health/ready/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.TerminateAsync()).ShouldBe(0);
    }

    public void Dispose() => folder.Delete(recursive: true);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The door opens after the server does.</summary>
    static async Task<string> FirstAnswerAsync(HttpClient monitoring)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await monitoring.GetStringAsync("/-/metrics/", patience.Token);
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    static double Figure(string text, string name) =>
        double.Parse(text.Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
