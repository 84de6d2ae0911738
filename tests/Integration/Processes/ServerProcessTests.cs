using System.Globalization;
using System.Net;
using Npgsql;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

[Trait("Guide", "install")]
public sealed class ServerProcessTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-process-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_server_takes_its_database_along_and_starts_again_at_once()
    {
        await InstalledFolder.CopyToAsync(Data("one"));
        await using (var killed = ServerProcess.Start(Data("one")))
        {
            await killed.AnswersAsync();
            var database = DatabaseProcess("one");
            System.IO.Directory.Exists($"/proc/{database}").ShouldBeTrue();

            await killed.KillAsync();

            (await GoneAsync(database)).ShouldBeTrue();
        }

        await using var again = ServerProcess.Start(Data("one"));
        (await ReadyAsync(await again.AnswersAsync())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_server_asked_to_stop_stops_its_database_and_reports_success()
    {
        await using var server = ServerProcess.Start(Data("one"));
        await server.AnswersAsync();
        var database = DatabaseProcess("one");

        (await server.TerminateAsync()).ShouldBe(0);

        System.IO.Directory.Exists($"/proc/{database}").ShouldBeFalse();
        File.Exists(Path.Combine(Data("one"), "postgres", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task Instances_stand_side_by_side_but_not_on_one_folder()
    {
        await InstalledFolder.CopyToAsync(Data("one"));
        await InstalledFolder.CopyToAsync(Data("two"));
        await using var one = ServerProcess.Start(Data("one"));
        await using var two = ServerProcess.Start(Data("two"));
        var (first, second) = (await one.AnswersAsync(), await two.AnswersAsync());
        await using var intruder = ServerProcess.Start(Data("one"));

        (await intruder.EndsAsync()).ShouldBe(1);
        intruder.Errors.ShouldContain($"The data folder {Data("one")} is in use by another running server");
        (await ReadyAsync(first)).ShouldBe(HttpStatusCode.OK);
        (await ReadyAsync(second)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_misspelt_setting_is_refused_before_anything_is_touched()
    {
        await using var server = ServerProcess.Start(Data("one"), ("POSTERN_EMAIL__HOTS", "mail.example.org"));

        (await server.EndsAsync()).ShouldBe(2);
        server.Errors.ShouldContain("POSTERN_EMAIL__HOTS: There is no such setting. The nearest is POSTERN_EMAIL__HOST.");
        System.IO.Directory.Exists(Data("one")).ShouldBeFalse();
    }

    [Trait("Fault", "F24")]
    [Fact]
    public async Task On_the_database_of_a_newer_version_it_does_not_start_and_says_why()
    {
        await using var database = await (await TestCluster.SharedAsync()).CreateAsync();
        await database.ExecuteAsync("INSERT INTO schema_migration VALUES ('29990101T0000_later', '', now(), '99.0')");
        var place = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var server = ServerProcess.Start(
            Data("one"), ("POSTERN_POSTGRESQL__HOST", place.Host!), ("POSTERN_POSTGRESQL__NAME", place.Database!), ("POSTERN_POSTGRESQL__USER", place.Username!));

        (await server.EndsAsync()).ShouldBe(1);
        server.Errors.ShouldContain("This database was migrated by version 99.0, which is newer than this program");
        server.Errors.ShouldContain("run version 99.0 or newer, or restore a backup made before the upgrade");
    }

    string Data(string name) => Path.Combine(folder.FullName, name);

    int DatabaseProcess(string name) =>
        int.Parse(File.ReadLines(Path.Combine(Data(name), "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    static async Task<HttpStatusCode> ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync(new Uri("/-/health/ready/", UriKind.Relative));
        return answer.StatusCode;
    }

    static async Task<bool> GoneAsync(int process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (System.IO.Directory.Exists($"/proc/{process}") && !patience.IsCancellationRequested)
            await Task.Delay(20, CancellationToken.None);
        return !patience.IsCancellationRequested;
    }
}
