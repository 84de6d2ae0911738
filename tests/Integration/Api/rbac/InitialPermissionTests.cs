using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Rbac;

public sealed class InitialPermissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "rbac/initial_permissions/";
    readonly TestServer server = fixture.Server;

    async Task<string> NumberAsync(HttpClient admin, string codename) => (await admin.GetApiAsync($"rbac/permissions/?codename={codename}")).Each("id").Single();

    [Fact]
    public async Task Creators_roles_get_their_rights_on_new_objects_and_lose_them_with_these()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("creator");
        var role = await server.AddRoleAsync("creators", "authentik_core.add_group");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({user.Pk}, '{role}')");
        var made = await admin.PostApiAsync(Path, $$"""{"name":"own groups","role":"{{role}}","permissions":[{{await NumberAsync(admin, "view_group")}},{{await NumberAsync(admin, "delete_group")}}]}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json.AsObject().Select(m => m.Key).ShouldBe(["pk", "name", "role", "permissions", "permissions_obj"], ignoreOrder: true);
        made.Json["permissions_obj"]!.AsArray().Select(p => p!["codename"]!.GetValue<string>()).ShouldBe(["view_group", "delete_group"]);

        using var creator = server.Program(await server.AddTokenAsync(user));
        var group = (await creator.PostApiAsync("core/groups/", """{"name":"made by creator"}""")).Json["pk"]!.GetValue<string>();

        (await creator.GetApiAsync("core/groups/")).Each("name").ShouldBe(["\"made by creator\""]);
        (await creator.CallAsync("PATCH", $"core/groups/{group}/", """{"name":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await creator.CallAsync("DELETE", $"core/groups/{group}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM role_object_permission WHERE object_pk = '{group}'")).ShouldBe(0);
    }

    [Fact]
    public async Task They_are_given_to_inherited_roles_and_to_those_of_superusers_too()
    {
        using var admin = await server.SuperuserAsync();
        var (heir, boss) = (await server.AddUserAsync("heir"), await server.AddSuperuserAsync("boss"));
        var top = await server.AddGroupAsync("heirs");
        await server.AddGroupAsync("heirs leaf", parent: top, members: heir);
        var (inherited, own) = (await server.AddRoleAsync("inherited", "authentik_core.add_group"), await server.AddRoleAsync("of boss"));
        await server.Database.ExecuteAsync($"INSERT INTO group_role VALUES ('{top}', '{inherited}'); INSERT INTO user_role VALUES ({boss.Pk}, '{own}')");
        foreach (var (user, role) in new[] { (heir, inherited), (boss, own) })
        {
            await admin.PostApiAsync(Path, $$"""{"name":"of {{user.Username}}","role":"{{role}}","permissions":[{{await NumberAsync(admin, "view_group")}}]}""");
            using var creator = server.Program(await server.AddTokenAsync(user));
            var group = (await creator.PostApiAsync("core/groups/", $$"""{"name":"made by {{user.Username}}"}""")).Json["pk"]!.GetValue<string>();
            (await server.Database.ScalarAsync<string>($"SELECT permission FROM role_object_permission WHERE object_pk = '{group}' AND role_pk = '{role}'")).ShouldBe("authentik_core.view_group");
        }
    }

    [Fact]
    public async Task Names_are_unique_and_of_a_limited_length()
    {
        using var admin = await server.SuperuserAsync();
        var role = await server.AddRoleAsync("named");
        string Body(string name) => $$"""{"name":"{{name}}","role":"{{role}}","permissions":[]}""";
        (await admin.PostApiAsync(Path, Body(new string('n', 150)))).Status.ShouldBe(HttpStatusCode.Created);
        (await admin.PostApiAsync(Path, Body(new string('n', 150)))).ToString().ShouldBe("""400 {"name":["This field must be unique."]}""");
        (await admin.PostApiAsync(Path, Body(new string('n', 151)))).ToString().ShouldBe("""400 {"name":["Ensure this field has no more than 150 characters."]}""");
    }

    [Fact]
    public async Task Without_them_creating_gives_nothing()
    {
        using var creator = await server.WithRightsAsync("authentik_core.add_group");
        (await creator.PostApiAsync("core/groups/", """{"name":"orphan"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await creator.GetApiAsync("core/groups/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Unknown_rights_and_rights_one_does_not_hold_are_refused()
    {
        using var admin = await server.SuperuserAsync();
        var role = await server.AddRoleAsync("refused");
        (await admin.PostApiAsync(Path, $$"""{"name":"n","role":"{{role}}","permissions":[1]}""")).ToString().ShouldBe("""400 {"permissions":["Invalid pk \"1\" - object does not exist."]}""");
        (await admin.PostApiAsync(Path, """{"name":"n"}""")).ToString().ShouldBe("""400 {"role":["This field is required."]}""");
        using var delegated = await server.WithRightsAsync("authentik_rbac.add_initialpermissions");
        (await delegated.PostApiAsync(Path, $$"""{"name":"n","role":"{{role}}","permissions":[{{await NumberAsync(admin, "delete_user")}}]}""")).ToString()
            .ShouldBe("""400 {"permissions":["User does not hold permission authentik_core.delete_user."]}""");
    }
}
