using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Postern.Storage.Embedded;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Faults;

/// <summary>The real program, once or several times on one database that survives crashes, in processes that can be killed.</summary>
sealed class Installation : IAsyncDisposable
{
    readonly DirectoryInfo folder;
    readonly List<ServerProcess> nodes = [];
    readonly (string Name, string Value)[] environment;
    readonly EmbeddedPostgres postgres;

    Installation(EmbeddedPostgres postgres, DirectoryInfo folder, string secretKey, (string, string)[] more)
    {
        (this.postgres, this.folder, SecretKey) = (postgres, folder, secretKey);
        var place = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        environment =
        [
            ("POSTERN_POSTGRESQL__HOST", place.Host!), ("POSTERN_POSTGRESQL__NAME", place.Database!), ("POSTERN_POSTGRESQL__USER", place.Username!),
            ("POSTERN_SECRET_KEY", SecretKey), ("POSTERN_PASSWORD_ITERATIONS", "1000"),
            ("POSTERN_LIMITS__ADDRESS", "1000000000"), ("POSTERN_LIMITS__ACCOUNT", "1000000000"), ("POSTERN_LIMITS__FAILURES", "1000000000"),
            .. more,
        ];
        Database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    /// <summary>Of every node that is not told another.</summary>
    public string SecretKey { get; }

    /// <summary>For looking, not of the product.</summary>
    public NpgsqlDataSource Database { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Installation> CreateAsync(params (string Name, string Value)[] more)
    {
        var root = System.IO.Directory.CreateTempSubdirectory("postern-fault-");
        var database = Path.Combine(root.FullName, "database");
        await InstalledFolder.CopyToAsync(database);
        var secretKey = (await File.ReadAllTextAsync(Path.Combine(database, "secret_key"), Cancellation)).Trim();
        var options = new EmbeddedPostgresOptions { DataRoot = database, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "300" } };
        return new Installation(await EmbeddedPostgres.StartAsync(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancellation), root, secretKey, more);
    }

    /// <param name="instead">Settings of this node alone.</param>
    public async Task<(ServerProcess Process, Uri Address)> StartNodeAsync(params (string Name, string Value)[] instead)
    {
        var node = ServerProcess.Start(Path.Combine(folder.FullName, $"node{nodes.Count}"), [.. environment, .. instead]);
        nodes.Add(node);
        return (node, await node.AnswersAsync());
    }

    public static HttpClient Admin(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", InstalledFolder.Token);
        return client;
    }

    /// <summary>People who sign in with <see cref="MfaServer.Password"/>: <c>name0</c>, <c>name1</c>, ...</summary>
    public static async Task AddPeopleAsync(HttpClient admin, string name, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (i, _) =>
        {
            var made = await admin.PostApiAsync("core/users/", new JsonObject { ["username"] = $"{name}{i}", ["name"] = $"{name} {i}", ["email"] = $"{name}{i}@example.com" }.ToJsonString());
            made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
            await admin.PostApiAsync($"core/users/{made.Json["pk"]}/set_password/", new JsonObject { ["password"] = MfaServer.Password }.ToJsonString());
        });
    }

    /// <summary>Single-use invitations for the shipped enrolment flow.</summary>
    public static async Task<IReadOnlyList<string>> InviteAsync(HttpClient admin, int count)
    {
        var flow = await EnrolmentSteps.ImportAsync(admin);
        var keys = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var made = await admin.PostApiAsync("stages/invitation/invitations/", new JsonObject { ["name"] = $"guest-{i}", ["single_use"] = true, ["flow"] = flow }.ToJsonString());
            made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
            keys.Add(made.Json["pk"]!.ToString());
        }
        return keys;
    }

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation) is T value ? value : default;
    }

    /// <summary>
    /// Kills a process of the database that serves a connection (SIGKILL). The database then ends all others, forgets what was not committed, and comes back from its log, as after
    /// a crash of the machine.
    /// </summary>
    public async Task CrashDatabaseAsync()
    {
        await using var held = await Database.OpenConnectionAsync(Cancellation);
        using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", held.ProcessID.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await Database.DisposeAsync();
        await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
