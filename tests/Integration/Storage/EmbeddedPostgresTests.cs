using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Embedded;

namespace Postern.Tests.Integration.Storage;

public sealed class EmbeddedPostgresTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-embedded-");

    public void Dispose() => folder.Delete(recursive: true);

    Task<EmbeddedPostgres> StartAsync(string name = "data", IReadOnlyDictionary<string, string>? settings = null)
    {
        var options = new EmbeddedPostgresOptions { DataRoot = Path.Combine(folder.FullName, name), Durable = false };
        return EmbeddedPostgres.StartAsync(
            settings is null ? options : options with { Settings = settings }, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
    }

    static async Task<string?> AskAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Listens_on_nothing_but_a_private_socket()
    {
        await using var postgres = await StartAsync();

        (await AskAsync(postgres, "SHOW listen_addresses")).ShouldBe("");
        var socketFolder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        File.GetUnixFileMode(socketFolder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_database_process_never_runs_as_root()
    {
        await using var postgres = await StartAsync();

        var status = await File.ReadAllLinesAsync($"/proc/{ProcessId("data")}/status", TestContext.Current.CancellationToken);
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).ShouldNotContain("\t0");
        if (Environment.IsPrivilegedProcess)
            status.Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).ShouldEndWith("\t0000000000000000");
    }

    [Fact]
    public async Task Keeps_its_data_over_a_restart()
    {
        await using (var postgres = await StartAsync())
            await AskAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS n");

        await using var again = await StartAsync();
        (await AskAsync(again, "SELECT n FROM kept")).ShouldBe("42");
    }

    [Fact]
    public async Task Two_instances_run_side_by_side()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");

        await AskAsync(one, "CREATE TABLE here ()");
        (await AskAsync(two, "SELECT to_regclass('here') IS NULL")).ShouldBe("True");
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_and_its_owner_undisturbed()
    {
        await using var owner = await StartAsync();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync());

        refused.Message.ShouldContain("is in use by another running server");
        (await AskAsync(owner, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_lock_file_left_by_a_crash_is_cleared_even_when_its_process_number_lives_again()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "data", "postgres", "postmaster.pid"), $"{Environment.ProcessId}\n", TestContext.Current.CancellationToken);

        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_start_cut_short_leaves_nothing_in_the_way()
    {
        var half = System.IO.Directory.CreateDirectory(Path.Combine(folder.FullName, "data", "postgres.new"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "PG_VERSION"), "18\n", TestContext.Current.CancellationToken);

        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused_untouched()
    {
        var cluster = System.IO.Directory.CreateDirectory(Path.Combine(folder.FullName, "data", "postgres"));
        await File.WriteAllTextAsync(Path.Combine(cluster.FullName, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync());

        refused.Message.ShouldContain("was written by PostgreSQL 9");
        cluster.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_with_other_content_is_refused()
    {
        var cluster = System.IO.Directory.CreateDirectory(Path.Combine(folder.FullName, "data", "postgres"));
        await File.WriteAllTextAsync(Path.Combine(cluster.FullName, "thesis.txt"), "", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync())).Message.ShouldContain("is not empty and holds no database");
    }

    [Fact]
    public async Task A_failed_start_shows_what_the_database_said_and_frees_the_folder()
    {
        var failed = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["work_mem"] = "lots" }));

        failed.Message.ShouldContain("invalid value for parameter \"work_mem\": \"lots\"");
        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Stopping_leaves_no_process_and_no_socket()
    {
        var postgres = await StartAsync();
        var process = ProcessId("data");
        var socketFolder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;

        await postgres.DisposeAsync();

        System.IO.Directory.Exists($"/proc/{process}").ShouldBeFalse();
        System.IO.Directory.Exists(socketFolder).ShouldBeFalse();
        postgres.Ended.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_folder_of_programs_is_refused()
    {
        var options = new EmbeddedPostgresOptions { DataRoot = folder.FullName, BinariesDirectory = "/nonexistent" };

        (await Should.ThrowAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.StartAsync(
            options, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken))).Message.ShouldContain("POSTERN_POSTGRES_BIN is /nonexistent");
    }

    int ProcessId(string name) => int.Parse(
        File.ReadLines(Path.Combine(folder.FullName, name, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
