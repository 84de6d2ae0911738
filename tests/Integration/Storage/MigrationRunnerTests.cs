using Microsoft.Extensions.Logging.Abstractions;
using Postern.Storage.Migrations;
using Postern.Tests.Support.Databases;

namespace Postern.Tests.Integration.Storage;

[Trait("Fault", "F24")]
public sealed class MigrationRunnerTests : IAsyncLifetime
{
    static readonly Migration users = new("20260101T0000_users", "CREATE TABLE person (name text);\nINSERT INTO person VALUES ('ada');\n");

    TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await (await TestCluster.SharedAsync()).CreateEmptyAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    Task<IReadOnlyList<string>> RunAsync(params Migration[] migrations) =>
        new MigrationRunner(database.Source, migrations, TimeProvider.System, NullLogger<MigrationRunner>.Instance)
            .ExecuteAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Applies_each_once_and_records_it()
    {
        (await RunAsync(users)).ShouldBe([users.Name]);
        (await RunAsync(users)).ShouldBeEmpty();

        (await database.ScalarAsync<long>("SELECT count(*) FROM person")).ShouldBe(1);
        (await database.ScalarAsync<string>("SELECT checksum FROM schema_migration WHERE name = '20260101T0000_users'")).ShouldBe(users.Checksum);
        (await database.ScalarAsync<bool>("SELECT applied_at > now() - interval '1 minute' AND version ~ '^[0-9]' FROM schema_migration")).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_nodes_starting_at_once_apply_it_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(users)));

        runs.Count(applied => applied.Count == 1).ShouldBe(1);
        (await database.ScalarAsync<long>("SELECT count(*) FROM person")).ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_migration_keeps_what_came_before_and_names_the_place()
    {
        var broken = new Migration("20260102T0000_broken", "CREATE TABLE half (a int);\n\nCREATE TABLE other (\n    b nonsense);\n");

        var failed = await Should.ThrowAsync<MigrationException>(RunAsync(users, broken));

        failed.Message.ShouldBe("The migration 20260102T0000_broken failed in line 4: 42704 type \"nonsense\" does not exist. Nothing of it was kept.");
        (await database.ScalarAsync<bool>("SELECT to_regclass('half') IS NULL AND to_regclass('person') IS NOT NULL")).ShouldBeTrue();
        (await database.ScalarAsync<string>("SELECT string_agg(name, ',') FROM schema_migration")).ShouldBe(users.Name);
    }

    [Fact]
    public async Task A_script_cannot_commit_half_of_itself()
    {
        await Should.ThrowAsync<MigrationException>(RunAsync(new Migration("20260102T0000_half", "CREATE TABLE half (); COMMIT; SELECT nonsense;")));

        (await database.ScalarAsync<bool>("SELECT to_regclass('half') IS NULL")).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_mistake_is_mended_it_goes_on()
    {
        await Should.ThrowAsync<MigrationException>(RunAsync(users, new Migration("20260102T0000_next", "SELEC 1;")));

        (await RunAsync(users, new Migration("20260102T0000_next", "SELECT 1;"))).ShouldBe(["20260102T0000_next"]);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        await RunAsync(users, new Migration("20270101T0000_later", "CREATE TABLE later ();"));

        var refused = await Should.ThrowAsync<MigrationException>(RunAsync(users, new Migration("20260103T0000_other", "CREATE TABLE other ();")));

        refused.Message.ShouldContain("20270101T0000_later");
        (await database.ScalarAsync<bool>("SELECT to_regclass('other') IS NULL")).ShouldBeTrue();
    }

    [Fact]
    public async Task Functions_with_semicolons_inside_are_one_statement()
    {
        await RunAsync(new Migration("20260101T0000_function", """
            CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END $$;
            CREATE TABLE t (a int DEFAULT twice(4));
            """));

        (await database.ScalarAsync<int>("INSERT INTO t DEFAULT VALUES RETURNING a")).ShouldBe(8);
    }
}
