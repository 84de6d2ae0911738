using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Rbac;

public sealed class RoleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "rbac/roles/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Are_created_listed_and_unique()
    {
        using var admin = await server.SuperuserAsync();
        var made = await admin.PostApiAsync(Path, """{"name":"auditors"}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json.AsObject().Select(m => m.Key).ShouldBe(["pk", "name"]);
        (await admin.PostApiAsync(Path, """{"name":"auditors"}""")).ToString().ShouldBe("""400 {"name":["This field must be unique."]}""");
        (await admin.GetApiAsync($"{Path}?name=auditors&managed__isnull=true")).Each("name").ShouldBe(["\"auditors\""]);
        (await admin.GetApiAsync($"{Path}?managed__isnull=false")).Each("name").ShouldBeEmpty();
        await server.Database.ExecuteAsync("UPDATE role SET managed = 'some/key' WHERE name = 'auditors'");
        (await admin.GetApiAsync($"{Path}?managed=some/key&managed__isnull=false")).Each("name").ShouldBe(["\"auditors\""]);
        await server.Database.ExecuteAsync("UPDATE role SET managed = NULL");
    }

    [Fact]
    public async Task Are_found_by_user_and_group_with_the_inherited_ones_on_request()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("bearer");
        var top = await server.AddGroupAsync("bearer top");
        var leaf = await server.AddGroupAsync("bearer leaf", parent: top, members: user);
        var direct = await server.AddRoleAsync("direct");
        var through = await server.AddRoleAsync("through ancestor");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({user.Pk}, '{direct}'); INSERT INTO group_role VALUES ('{top}', '{through}')");

        (await admin.GetApiAsync($"{Path}?users={user.Pk}")).Each("name").ShouldBe(["\"direct\""]);
        (await admin.GetApiAsync($"{Path}?users={user.Pk}&inherited=true")).Each("name").ShouldBe(["\"direct\"", "\"through ancestor\""]);
        (await admin.GetApiAsync($"{Path}?groups={leaf}")).Each("name").ShouldBeEmpty();
        (await admin.GetApiAsync($"{Path}?groups={leaf}&inherited=true")).Each("name").ShouldBe(["\"through ancestor\""]);
        (await admin.GetApiAsync($"{Path}?users=x")).ToString().ShouldBe("""400 {"users":["Enter a number."]}""");

        // Inherited or not, only roles the caller may view.
        using var limited = await server.WithRightsAsync($"authentik_rbac.view_role:{direct}");
        (await limited.GetApiAsync($"{Path}?users={user.Pk}&inherited=true")).Each("name").ShouldBe(["\"direct\""]);
    }

    [Fact]
    public async Task Members_come_and_go_one_by_one()
    {
        var user = await server.AddUserAsync("promoted");
        var role = await server.AddRoleAsync("given", "authentik_core.view_user");
        var body = $$"""{"pk":{{user.Pk}}}""";
        using var delegated = await server.WithRightsAsync("authentik_rbac.view_role", "authentik_rbac.change_role", "authentik_core.view_user");

        (await delegated.PostApiAsync($"{Path}{role}/add_user/", body)).ToString().ShouldBe("204 ");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_role WHERE role_pk = '{role}'")).ShouldBe(1);
        (await delegated.PostApiAsync($"{Path}{role}/remove_user/", body)).ToString().ShouldBe("204 ");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_role WHERE role_pk = '{role}'")).ShouldBe(0);

        using var blind = await server.WithRightsAsync("authentik_rbac.view_role", "authentik_rbac.change_role");
        (await blind.PostApiAsync($"{Path}{role}/add_user/", body)).ToString().ShouldBe("""404 {"detail":"No User matches the given query."}""");
        using var viewer = await server.WithRightsAsync("authentik_rbac.view_role", "authentik_core.view_user");
        (await viewer.PostApiAsync($"{Path}{role}/add_user/", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await delegated.PostApiAsync($"{Path}{role}/add_user/", "{}")).ToString().ShouldBe("""400 {"pk":["This field is required."]}""");
    }

    [Fact]
    public async Task Nobody_gives_a_role_that_holds_more_than_they_do()
    {
        var user = await server.AddUserAsync("ambitious");
        var role = await server.AddRoleAsync("mighty", "authentik_core.delete_user");
        var single = await server.AddRoleAsync("mighty once", $"authentik_core.delete_user:{user.Pk}");
        using var delegated = await server.WithRightsAsync("authentik_rbac.view_role", "authentik_rbac.change_role", "authentik_core.view_user");

        foreach (var above in new[] { role, single })
        {
            (await delegated.PostApiAsync($"{Path}{above}/add_user/", $$"""{"pk":{{user.Pk}}}""")).ToString()
                .ShouldBe($$"""403 {"detail":"Role {{above}} holds permissions that the user does not hold."}""");
        }
    }

    [Fact]
    public async Task A_deleted_role_takes_its_rights_along()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("demoted");
        var role = await server.AddRoleAsync("doomed", "authentik_core.view_user");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({user.Pk}, '{role}')");
        using var client = server.Program(await server.AddTokenAsync(user));
        (await client.GetApiAsync("core/users/")).Status.ShouldBe(HttpStatusCode.OK);

        (await admin.CallAsync("DELETE", $"{Path}{role}/")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await client.GetApiAsync("core/users/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
