using Postern.Storage.Migrations;

namespace Postern.Tests.Unit.Storage.Migrations;

public sealed class MigrationPlanTests
{
    static readonly Migration first = new("20260101T0000_first", "CREATE TABLE a (b int);\n");
    static readonly Migration second = new("20260102T0000_second", "SELECT 1;");

    static AppliedMigration Applied(Migration migration) => new(migration.Name, migration.Checksum, "0.1.0");

    [Fact]
    public void What_is_missing_is_applied_in_order_also_between_older_ones() =>
        MigrationPlan.Of([first, second], [Applied(second)], "0.2.0").ShouldBe([first]);

    [Fact]
    public void Nothing_is_missing_from_a_current_database() =>
        MigrationPlan.Of([first, second], [Applied(first), Applied(second)], "0.2.0").ShouldBeEmpty();

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        var refused = Should.Throw<MigrationException>(() => MigrationPlan.Of([first], [Applied(first), new("20270101T0000_later", "x", "0.9.0")], "0.1.0"));

        refused.Message.ShouldContain("version 0.9.0, which is newer than this program (0.1.0)");
        refused.Message.ShouldContain("20270101T0000_later");
    }

    [Fact]
    public void An_edited_migration_is_refused() =>
        Should.Throw<MigrationException>(() => MigrationPlan.Of([first with { Sql = "CREATE TABLE a (c int);\n" }], [Applied(first)], "0.1.0"))
            .Message.ShouldContain("20260101T0000_first was applied to this database by version 0.1.0, but its text has changed");

    [Fact]
    public void Line_endings_do_not_count_as_an_edit() =>
        new Migration("x", "a\r\nb\r\n").Checksum.ShouldBe(new Migration("x", "a\nb\n").Checksum);
}
