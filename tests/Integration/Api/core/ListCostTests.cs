using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core;

/// <summary>How many statements a page of a list costs, whatever is on it.</summary>
[Trait("Fault", "F30")]
public sealed class ListCostTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("core/users/", 8)]
    [InlineData("core/users/?search=is_active+%3D+True", 8)]
    [InlineData("core/users/paths/", 2)]
    [InlineData("core/groups/?include_users=false", 9)]
    [InlineData("events/events/", 3)]
    [InlineData("core/tokens/", 9)]
    [InlineData("rbac/roles/", 3)]
    public async Task A_page_costs_a_bounded_number_of_statements(string path, int most)
    {
        var server = fixture.Server;
        using var admin = await server.SuperuserAsync();
        for (var i = 0; i < 5; i++)
        {
            var user = await server.AddUserAsync($"cost-{Guid.NewGuid():N}");
            var role = await server.AddRoleAsync(user.Username);
            var group = await server.AddGroupAsync(user.Username, members: user);
            await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({user.Pk}, '{role}'); INSERT INTO group_role VALUES ('{group}', '{role}')");
        }
        // What is kept in memory is there from the second time on.
        await admin.GetApiAsync(path);
        using var count = new StatementCount(server.Database);
        await admin.GetApiAsync(path);
        count.Value.ShouldBeInRange(1, most);
    }
}
