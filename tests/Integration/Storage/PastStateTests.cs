using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Kinds;
using Postern.Storage.Migrations;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Storage;

/// <summary>
/// Rows of earlier states of the schema, as the program of that time wrote them, are read by the program of today after all migrations. Each file in <c>PastStates</c> bears the name of the last migration
/// of its state. With <c>PAST_STATE</c>, a connection string, a new file is written of what stands in that database: done with each release, of a server that was used.
/// </summary>
[Trait("Fault", "F24")]
public sealed class PastStateTests
{
    const string Folder = "tests/Integration/Storage/PastStates";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> States() => [.. System.IO.Directory.GetFiles(Path.Combine(Repository.Folder, Folder), "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(States))]
    public async Task Rows_of_then_are_read_now(string state)
    {
        var database = await (await TestCluster.SharedAsync()).CreateEmptyAsync();
        await MigrateAsync(database, upTo: state);
        // Some migrations bring rows of their own.
        await database.ExecuteAsync($"TRUNCATE {string.Join(", ", (await TablesAsync(database.Source)).Select(t => $"\"{t}\""))}");
        await database.ExecuteAsync(Repository.ReadText($"{Folder}/{state}.sql"));
        var counts = await CountsAsync(database);
        await MigrateAsync(database, upTo: null);
        foreach (var (table, count) in counts)
            (await database.ScalarAsync<long>($"SELECT count(*) FROM \"{table}\"")).ShouldBe(count, table);

        await using var server = await TestServer.StartAsync(on: database);
        using var admin = await server.SuperuserAsync();
        var listed = 0;
        foreach (var kind in server.Services.GetRequiredService<KindRegistry>().All.Where(k => k.Path is not null && k.Verbs.HasFlag(Verbs.List)))
        {
            var list = await admin.GetApiAsync($"{kind.Path}/?page_size=500");
            list.Status.ShouldBe(HttpStatusCode.OK, $"{kind.Name}: {list}");
            listed += list.Json["results"]?.AsArray().Count ?? 0;
        }
        await UseAsync(server);
        Figures.Tell("F24", $"{counts.Values.Sum()} rows of the state {state} were migrated; {listed} objects of every kind were listed", acknowledged: counts.Values.Sum());
        counts.Values.Sum().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_new_state_is_written_where_one_is_named()
    {
        if (Environment.GetEnvironmentVariable("PAST_STATE") is not { Length: > 0 } connection)
        {
            States().ShouldNotBeEmpty();
            return;
        }
        await using var source = NpgsqlDataSource.Create(connection);
        await using var name = source.CreateCommand("SELECT max(name COLLATE \"C\") FROM schema_migration");
        await File.WriteAllTextAsync(Path.Combine(Repository.Folder, Folder, $"{await name.ExecuteScalarAsync(Cancellation)}.sql"), await RowsAsync(source), Cancellation);
    }

    /// <summary>What people of then do now: those who were made as the guide says, with the password of these tests.</summary>
    static async Task UseAsync(TestServer server)
    {
        using var ann = new Visitor(server);
        (await ann.SignInAsync("past-ann")).Component().ShouldBe("xak-flow-redirect");
        (await ann.WhoAsync()).ShouldBe("past-ann");
        using var program = server.Program("the-key-of-a-past-token");
        (await program.GetApiAsync("core/users/me/")).Json["user"]!["username"]!.ToString().ShouldBe("past-ann");
        var invitation = (await server.Database.ScalarAsync<Guid>("SELECT pk FROM invitation WHERE name = 'past-guest'")).ToString();
        using var guest = server.Browser();
        (await EnrolmentSteps.EnrolAsync(guest, invitation, "past-guest")).Component().ShouldBe("xak-flow-redirect");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'past-guest' AND attributes->>'team' = 'past'")).ShouldBe(1);
    }

    static Task<IReadOnlyList<string>> MigrateAsync(TestDatabase database, string? upTo)
    {
        var known = FindMigrations.In(TestCluster.ProductAssemblies).Where(m => upTo is null || string.CompareOrdinal(m.Name, upTo) <= 0).ToList();
        return new MigrationRunner(database.Source, known, TimeProvider.System, NullLogger<MigrationRunner>.Instance).ExecuteAsync(Cancellation);
    }

    /// <summary>Rows by table, without those that come and go by themselves.</summary>
    static async Task<Dictionary<string, long>> CountsAsync(TestDatabase database)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(database.Source))
            counts[table] = await database.ScalarAsync<long>($"SELECT count(*) FROM \"{table}\"");
        return counts;
    }

    static async Task<List<string>> TablesAsync(NpgsqlDataSource source)
    {
        var tables = new List<string>();
        await using var command = source.CreateCommand("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'schema_migration' ORDER BY relname");
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        while (await rows.ReadAsync(Cancellation))
            tables.Add(rows.GetString(0));
        return tables;
    }

    /// <summary>The rows as statements, and the numbers that come next.</summary>
    static async Task<string> RowsAsync(NpgsqlDataSource source)
    {
        var text = new StringBuilder("SET session_replication_role = replica;\n");
        foreach (var table in await TablesAsync(source))
        {
            await using var command = source.CreateCommand($$"""
                SELECT format('INSERT INTO %1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, %3$L);', '{{table}}',
                    (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '"{{table}}"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''), to_jsonb(t))
                FROM "{{table}}" t
                """);
            await using var rows = await command.ExecuteReaderAsync(Cancellation);
            while (await rows.ReadAsync(Cancellation))
                text.Append(rows.GetString(0)).Append('\n');
        }
        await using var numbers = source.CreateCommand("SELECT format('SELECT setval(%L, %s);', quote_ident(sequencename), last_value) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename");
        await using var sequences = await numbers.ExecuteReaderAsync(Cancellation);
        while (await sequences.ReadAsync(Cancellation))
            text.Append(sequences.GetString(0)).Append('\n');
        return text.Append("SET session_replication_role = DEFAULT;\n").ToString();
    }
}
