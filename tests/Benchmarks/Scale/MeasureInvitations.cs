using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Tests.Benchmarks.Servers;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>Invites ten thousand people from one CSV file by mail, with the program killed twice on the way.</summary>
static class MeasureInvitations
{
    const int People = 10_000;
    const int Port = 9377;
    const string Token = "the token of this measurement alone";
    const int Rounds = 25;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<string>> RunAsync(string program)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-invitations-");
        await using var mails = new CountingMailServer();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = mails.Port.ToString(CultureInfo.InvariantCulture),
            ["POSTERN_BASE_URL"] = "https://id.example.org",
            ["POSTERN_BOOTSTRAP_TOKEN"] = Token,
        };
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/api/v3/") };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Task<PublishedServer> StartAsync() => PublishedServer.StartAsync(program, folder.FullName, Port, environment: environment);

        var server = await StartAsync();
        var idle = server.Memory().Server;
        var clock = Stopwatch.StartNew();
        var batch = await AskAsync(admin);
        var asked = clock.Elapsed;
        var peak = await UntilAsync(server, async () => await DoneAsync(admin, batch) >= People / 4);
        await server.KillAsync();
        server = await StartAsync();
        peak = Math.Max(peak, await UntilAsync(server, () => Task.FromResult(mails.Count >= People / 2)));
        await server.KillAsync();
        server = await StartAsync();
        peak = Math.Max(peak, await UntilAsync(server, async () => await DoneAsync(admin, batch) == People && mails.Addresses >= People));
        var all = clock.Elapsed;
        var list = await MedianAsync(admin);
        await server.DisposeAsync();
        folder.Delete(recursive: true);
        return
        [
            "| What | Measured |", "| --- | ---: |",
            string.Create(CultureInfo.InvariantCulture, $"| {People:N0} people from one CSV file: accepted in the background after | {asked.TotalMilliseconds:N0} ms |"),
            string.Create(CultureInfo.InvariantCulture, $"| All invited and mailed, with the program killed twice (claims of the dead run out after two minutes each) | {all.TotalSeconds:N0} s |"),
            string.Create(CultureInfo.InvariantCulture, $"| Addresses mailed / different mails / taken by the mail server, with those that a kill made it take again | {mails.Addresses:N0} / {mails.Messages:N0} / {mails.Count:N0} |"),
            string.Create(CultureInfo.InvariantCulture, $"| Memory of the server: idle / most meanwhile | {idle / 1048576:N0} MiB / {peak / 1048576:N0} MiB |"),
            string.Create(CultureInfo.InvariantCulture, $"| List of invitations, a page of 20 (median of {Rounds}) | {list:N1} ms |"),
        ];
    }

    static async Task<string> AskAsync(HttpClient admin)
    {
        using var form = new MultipartFormDataContent { { new StringContent("example/flows-invitation-enrollment-minimal.yaml"), "path" } };
        (await admin.PostAsync("managed/blueprints/import/", form)).EnsureSuccessStatusCode();
        var flow = (await admin.GetFromJsonAsync<JsonObject>("flows/instances/invitation-enrollment-flow/"))!["pk"]!.ToString();
        var csv = new StringBuilder("email,name\n");
        for (var i = 0; i < People; i++)
            csv.Append(CultureInfo.InvariantCulture, $"person{i}@example.com,Person {i}\n");
        var body = new JsonObject { ["csv"] = csv.ToString(), ["keep_going"] = true, ["template"] = new JsonObject { ["flow"] = flow, ["send_at"] = "2026-01-01T00:00:00Z", ["expires"] = "2099-01-01T00:00:00Z" } };
        var answer = await admin.PostAsJsonAsync("stages/invitation/invitations/bulk/", body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.ToString();
    }

    static async Task<int> DoneAsync(HttpClient admin, string batch) =>
        (await admin.GetFromJsonAsync<JsonObject>($"stages/invitation/batches/{batch}/"))!["done"]!.GetValue<int>();

    /// <summary>Waits for something, and answers the most memory that the server had meanwhile.</summary>
    static async Task<long> UntilAsync(PublishedServer server, Func<Task<bool>> reached)
    {
        var peak = 0L;
        while (!await reached())
        {
            peak = Math.Max(peak, server.Memory().Server);
            await Task.Delay(pause);
        }
        return peak;
    }

    static async Task<double> MedianAsync(HttpClient admin)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds + 3; i++)
        {
            var clock = Stopwatch.StartNew();
            (await admin.GetAsync("stages/invitation/invitations/?page_size=20")).EnsureSuccessStatusCode();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times = [.. times.Skip(3).Order()];
        return times[Rounds / 2];
    }
}
