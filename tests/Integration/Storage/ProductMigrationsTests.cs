using Postern.Storage.Migrations;
using Postern.Tests.Support.Databases;

namespace Postern.Tests.Integration.Storage;

public sealed class ProductMigrationsTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_test_database_has_been_through_every_migration_of_the_product()
    {
        var known = FindMigrations.In(TestCluster.ProductAssemblies).Select(migration => migration.Name).ToArray();

        known.ShouldNotBeEmpty();
        (await fixture.Database.ScalarAsync<string[]>("SELECT array_agg(name ORDER BY name COLLATE \"C\") FROM schema_migration")).ShouldBe(known);
    }
}
