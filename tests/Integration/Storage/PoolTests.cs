using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Storage.Opening;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Storage;

/// <summary>The connections of a process, as the product opens them.</summary>
public sealed class PoolTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_comes_again_is_planned_once()
    {
        await using var server = await TestServer.StartAsync();
        await using var connection = await server.Database.Source.OpenConnectionAsync(Cancellation);
        for (var i = 0; i < 10; i++)
            await AskAsync(connection, "SELECT username FROM \"user\" WHERE pk = $1", 1);

        (await AskAsync(connection, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT username FROM%' AND generic_plans + custom_plans > 1")).ShouldBe(1L);
    }

    [Theory]
    [InlineData("Host=localhost;Max Auto Prepare=0", 0)]
    [InlineData("Host=localhost;MaxAutoPrepare=7", 7)]
    public async Task A_connection_string_may_say_otherwise(string connection, int most)
    {
        await using var pools = DatabasePools.Connect(new NpgsqlConnectionStringBuilder(connection).ConnectionString, NullLoggerFactory.Instance);
        foreach (var pool in new[] { pools.Requests, pools.Beside, pools.Pictures })
            new NpgsqlConnectionStringBuilder(pool.ConnectionString).MaxAutoPrepare.ShouldBe(most);
    }

    static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
