using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Cli;

/// <summary>Verbs of the real program on a built-in database: beside the server that runs on it, and without one.</summary>
public sealed class BesideServerTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-beside-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Verbs_join_a_running_server_which_knows_at_once_and_go_on_without_it()
    {
        var data = Path.Combine(folder.FullName, "data");
        await InstalledFolder.CopyToAsync(data);
        await using (var server = ServerProcess.Start(data))
        {
            using var admin = new HttpClient { BaseAddress = await server.AnswersAsync() };
            admin.DefaultRequestHeaders.Authorization = new("Bearer", InstalledFolder.Token);
            (await RunAsync("user", "create", "beside")).Code.ShouldBe(0);
            var found = await admin.GetFromJsonAsync<JsonObject>("/api/v3/core/users/?username=beside", TestContext.Current.CancellationToken);
            found!["results"]!.AsArray().Count.ShouldBe(1);
            (await server.TerminateAsync()).ShouldBe(0);
        }
        (await RunAsync("user", "list", "--search", "beside")).Output.ShouldContain("\tbeside\t");
        Process(data).ShouldBeFalse("the database that the verb started has ended with it");

        Task<ProgramRun> RunAsync(params string[] arguments) =>
            ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_DATA"] = data, ["POSTERN_PASSWORD_ITERATIONS"] = "1000" }, arguments);
    }

    static bool Process(string data) => File.Exists(Path.Combine(data, "postgres", "postmaster.pid"));
}
