using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Postern.Directory.Passwords;
using Postern.Jobs;
using Postern.Storage.Migrations;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Storage;

/// <summary>The roles of docs/security.md, made by its very statements: one that owns the schema and changes it, and one that only works with it.</summary>
public sealed class DatabaseRoleTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_that_may_not_change_the_schema_runs_the_server()
    {
        var cluster = await TestCluster.SharedAsync();
        await using var database = await cluster.CreateEmptyAsync();
        var name = await database.ScalarAsync<string>("SELECT current_database()::text");
        var run = Guid.NewGuid().ToString("N")[..8];
        foreach (var statement in Statements().Select(s => s.Replace("postern_owner", $"owner_{run}", StringComparison.Ordinal).Replace("postern_server", $"server_{run}", StringComparison.Ordinal)
            .Replace("DATABASE postern", $"DATABASE {name}", StringComparison.Ordinal)))
        {
            // The database is there already, as a test's own.
            await database.ExecuteAsync(statement.StartsWith("CREATE DATABASE", StringComparison.Ordinal) ? $"ALTER DATABASE {name} OWNER TO owner_{run}; ALTER SCHEMA public OWNER TO owner_{run}" : statement);
        }
        await using (var owner = database.As($"owner_{run}").Pools)
            await new MigrationRunner(owner.Requests, FindMigrations.In(TestCluster.ProductAssemblies), TimeProvider.System, NullLogger<MigrationRunner>.Instance).ExecuteAsync(Cancellation);

        var bound = database.As($"server_{run}");
        (await bound.ScalarAsync<string>("SELECT current_user::text")).ShouldBe($"server_{run}");
        foreach (var statement in new[] { "CREATE TABLE mine (a int)", "ALTER TABLE \"user\" ADD COLUMN a int", "DROP TABLE event", "TRUNCATE event", "CREATE ROLE evil", "COPY \"user\" TO PROGRAM 'id'" })
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => bound.ExecuteAsync(statement), statement)).SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege, statement);
        await new MigrationRunner(bound.Source, FindMigrations.In(TestCluster.ProductAssemblies), TimeProvider.System, NullLogger<MigrationRunner>.Instance).ExecuteAsync(Cancellation);

        await using var server = await TestServer.StartAsync(on: bound);
        await UseAsync(server);
    }

    /// <summary>Somebody signs in, an administrator makes something, every scheduled job runs; a failure is an error in the log, which fails the test.</summary>
    static async Task UseAsync(TestServer server)
    {
        using var admin = await server.SuperuserAsync();
        await server.AddUserAsync("ann", u => u.Password = PasswordHash.Encode(MfaServer.Password, 1000));
        using var visitor = new Visitor(server);
        (await visitor.SignInAsync("ann")).Component().ShouldBe("xak-flow-redirect");
        (await admin.PostApiAsync("core/groups/", """{"name": "made"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var jobs = server.Services.GetRequiredService<JobRunner>();
        await jobs.PlantSchedulesAsync(Cancellation);
        await server.Database.ExecuteAsync("UPDATE job SET run_at = 'epoch'");
        (await jobs.RunDueAsync(Cancellation)).ShouldBeGreaterThan(10);
        (await server.Database.ScalarAsync<string>("SELECT string_agg(kind || ': ' || last_error, ', ') FROM job WHERE last_error <> ''")).ShouldBeNull();
    }

    static string[] Statements()
    {
        var text = File.ReadAllText(Path.Combine(MfaServer.Root, "docs/security.md"));
        var block = Regex.Match(text, "```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["sql"].Value;
        return block.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
