using System.Text.Json.Nodes;
using Npgsql;
using Postern.Hosting;
using Postern.Server;
using Postern.Server.Hosting;
using Postern.Storage.Migrations;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Cli;

/// <summary>A running server, and verbs of the program beside it on the same database, as an operator calls them.</summary>
public sealed class CliFixture : IAsyncLifetime
{
    const string SecretKey = "a secret key that server and verbs share";

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_SECRET_KEY"] = SecretKey });
        await ForgetPortalAsync(Server);
    }

    /// <summary>Databases of tests hold the portal's tables too, which this program would take for those of a newer version.</summary>
    public static Task ForgetPortalAsync(TestServer server)
    {
        var known = FindMigrations.In(Modules.Assemblies).Select(m => $"'{m.Name}'");
        return server.Database.ExecuteAsync($"DELETE FROM schema_migration WHERE name NOT IN ({string.Join(", ", known)})");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public Task<CliAnswer> RunAsync(params string[] arguments) => RunWithAsync("", arguments);

    /// <summary>Runs the program with this on its standard input.</summary>
    public Task<CliAnswer> RunWithAsync(string input, params string[] arguments)
    {
        var database = new NpgsqlConnectionStringBuilder(Server.Database.ConnectionString);
        return RunAsync(input, arguments, ("POSTERN_POSTGRESQL__HOST", database.Host!), ("POSTERN_POSTGRESQL__NAME", database.Database!), ("POSTERN_POSTGRESQL__USER", database.Username!),
            ("POSTERN_SECRET_KEY", SecretKey), ("POSTERN_PASSWORD_ITERATIONS", "1000"), ("POSTERN_BASE_URL", "https://id.example.org"));
    }

    /// <summary>Runs the program with settings of its own, in this process; <see cref="ProgramRun"/> starts the real one.</summary>
    public static async Task<CliAnswer> RunAsync(string input, string[] arguments, params (string Name, string Value)[] settings)
    {
        var variables = new Dictionary<string, string>(ProcessEnvironment.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            variables[name] = value;
        using var console = CallConsole.Open(input);
        var code = await new PosternCommand(new EnvironmentSettings(variables)).RunAsync(arguments);
        return new CliAnswer(code, console.Output.TrimEnd('\n'), console.Errors.TrimEnd('\n'));
    }
}

/// <summary>How a call of the program ended.</summary>
public sealed record CliAnswer(int Code, string Output, string Errors)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public CliAnswer Done()
    {
        Code.ShouldBe(0, Errors);
        return this;
    }

    public void Refused(string why) => this.ShouldSatisfyAllConditions(() => Code.ShouldBe(1, Output), () => Errors.ShouldContain(why));

    public void WrongUse(string why) => this.ShouldSatisfyAllConditions(() => Code.ShouldBe(2, Output), () => Errors.ShouldContain(why));
}
