using Xunit;

namespace Postern.Tests.Support.Databases;

/// <summary>Class fixture: a migrated database shared by the tests of one class.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await (await TestCluster.SharedAsync()).CreateAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
