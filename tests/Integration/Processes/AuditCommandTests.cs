using Microsoft.Extensions.DependencyInjection;
using Postern.Events.Chain;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary><c>postern audit</c>, as an auditor calls it beside the server.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-audit-");
    TestServer server = null!;
    Dictionary<string, string> environment = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string Export => Path.Combine(folder.FullName, "log.ndjson");

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        environment = await ProgramBeside.EnvironmentAsync(server, folder);
        await server.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<PosternDb>();
            s.GetRequiredService<RecordEvent>().Add(Caller.System, "first", "tests");
            await db.SaveChangesAsync(Cancellation);
            while (await db.ScalarAsync<long>("SELECT count(*) FROM event_seal", Cancellation) == 0)
                await new SealEvents(db, s.GetRequiredService<SecretSeal>(), server.Clock).ExecuteAsync([], Cancellation);
            return 0;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_log_is_verified_and_exported_until_somebody_tampers_with_it()
    {
        var right = await RunAsync("audit", "verify");
        (right.Code, right.Output).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(0, right.Errors), r => r.Output.ShouldStartWith("1 seals with 1 events are right"));
        (await RunAsync("audit", "export", Export)).Code.ShouldBe(0);
        (await File.ReadAllLinesAsync(Export, Cancellation)).Length.ShouldBe(2);
        (await RunAsync("audit", "verify", "--anchor", Export + ".jws")).Code.ShouldBe(0);
        (await RunAsync("audit", "export", Export)).Errors.ShouldContain("is not written over another file");

        await server.Database.ExecuteAsync("UPDATE event SET app = 'other'");

        var broken = await RunAsync("audit", "verify");
        (broken.Code, broken.Errors).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Errors.ShouldContain("was changed (seal 1"));
        (await RunAsync("audit", "export", Export + "2")).Errors.ShouldContain("Nothing was signed");
        File.Exists(Export + "2").ShouldBeFalse();
    }

    [Fact]
    public async Task A_schema_of_another_version_is_refused_and_left_alone()
    {
        await server.Database.ExecuteAsync("DELETE FROM schema_migration WHERE name LIKE '%_event_chain'");

        var refused = await RunAsync("audit", "verify");

        (refused.Code, refused.Errors).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Errors.ShouldContain("The database is older than this program"));
    }

    Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfAsync(environment, arguments);
}
