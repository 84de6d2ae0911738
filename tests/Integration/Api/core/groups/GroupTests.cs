using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Groups;

public sealed class GroupTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/groups/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Answers_every_member_and_relatives_on_request()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("member");
        var role = await server.AddRoleAsync("top role");
        var top = (await admin.PostApiAsync(Path, $$"""{"name":"top","roles":["{{role}}"],"is_superuser":true}""")).Json["pk"]!.GetValue<string>();
        var made = await admin.PostApiAsync(Path, $$"""{"name":"middle","parents":["{{top}}"],"users":[{{user.Pk}}],"attributes":{"a":1} }""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        var middle = made.Json["pk"]!.GetValue<string>();
        var leaf = (await admin.PostApiAsync(Path, $$"""{"name":"leaf","parents":["{{middle}}"]}""")).Json["pk"]!.GetValue<string>();

        var plain = await admin.GetApiAsync($"{Path}{middle}/");
        plain.Json.AsObject().Select(m => m.Key).ShouldBe(
            [
                "pk", "num_pk", "name", "is_superuser", "parents", "parents_obj", "users", "users_obj", "attributes", "roles", "roles_obj", "inherited_roles_obj", "children", "children_obj",
            ],
            ignoreOrder: true);
        plain.Member("children").ShouldBe($"[\"{leaf}\"]");
        plain.Member("parents_obj").ShouldBe("null");
        plain.Member("children_obj").ShouldBe("null");
        plain.Member("inherited_roles_obj").ShouldBe("null");
        plain.Json["users_obj"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid"], ignoreOrder: true);

        var full = await admin.GetApiAsync($"{Path}{middle}/?include_parents=true&include_children=true&include_inherited_roles=true&include_users=false");
        full.Member("parents_obj").ShouldBe($$"""[{"pk":"{{top}}","name":"top","is_superuser":true,"attributes":{},"group_uuid":"{{top}}"}]""");
        full.Member("inherited_roles_obj").ShouldBe($$"""[{"pk":"{{role}}","name":"top role"}]""");
        full.Json["children_obj"]![0]!["name"]!.GetValue<string>().ShouldBe("leaf");
        full.Member("users_obj").ShouldBe("null");
        full.Member("users").ShouldBe($"[{user.Pk}]");
    }

    [Fact]
    public async Task Circles_are_refused()
    {
        using var admin = await server.SuperuserAsync();
        var a = await server.AddGroupAsync("circle a");
        var b = await server.AddGroupAsync("circle b", parent: a);
        var c = await server.AddGroupAsync("circle c", parent: b);
        const string refusal = """400 {"parents":["Cannot set group as parent of itself."]}""";

        (await admin.CallAsync("PATCH", $"{Path}{a}/", $$"""{"parents":["{{a}}"]}""")).ToString().ShouldBe(refusal);
        (await admin.CallAsync("PATCH", $"{Path}{a}/", $$"""{"parents":["{{c}}"]}""")).ToString().ShouldBe(refusal);
        (await admin.CallAsync("PATCH", $"{Path}{c}/", $$"""{"parents":["{{a}}","{{b}}"]}""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_at_once_make_no_circle()
    {
        using var admin = await server.SuperuserAsync();
        for (var round = 0; round < 5; round++)
        {
            var a = await server.AddGroupAsync($"race a {round}");
            var b = await server.AddGroupAsync($"race b {round}");
            var answers = await Task.WhenAll(
                admin.CallAsync("PATCH", $"{Path}{a}/", $$"""{"parents":["{{b}}"]}"""), admin.CallAsync("PATCH", $"{Path}{b}/", $$"""{"parents":["{{a}}"]}"""));
            answers.Select(x => (int)x.Status).Order().ShouldBe([200, 400]);
        }
    }

    [Fact]
    public async Task Put_without_members_keeps_them()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("kept");
        var group = await server.AddGroupAsync("keeper", members: user);
        (await admin.CallAsync("PUT", $"{Path}{group}/", """{"name":"keeper 2"}""")).Member("users").ShouldBe($"[{user.Pk}]");
    }

    [Theory]
    [InlineData(true, "True")]
    [InlineData(false, "False")]
    public async Task The_superuser_flag_needs_its_own_right(bool value, string spelt)
    {
        var group = await server.AddGroupAsync($"flag {value}", superuser: !value);
        var right = value ? "authentik_core.enable_group_superuser" : "authentik_core.disable_group_superuser";
        var body = $$"""{"is_superuser":{{(value ? "true" : "false")}}}""";
        using var delegated = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.change_group");
        (await delegated.CallAsync("PATCH", $"{Path}{group}/", body)).ToString().ShouldBe($$"""400 {"is_superuser":["User does not have permission to set superuser status to {{spelt}}."]}""");
        using var trusted = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.change_group", right);
        (await trusted.CallAsync("PATCH", $"{Path}{group}/", body)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_delegate_cannot_put_their_group_below_a_superuser_group_or_a_stronger_one()
    {
        var root = await server.AddGroupAsync("roots", superuser: true);
        var strong = await server.AddGroupAsync("strong ones");
        var role = await server.AddRoleAsync("strong ones role", "authentik_core.delete_user");
        await server.Database.ExecuteAsync($"INSERT INTO group_role VALUES ('{strong}', '{role}')");
        var own = await server.AddGroupAsync("own");
        using var delegated = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.change_group", "authentik_core.add_group");

        (await delegated.CallAsync("PATCH", $"{Path}{own}/", $$"""{"parents":["{{root}}"]}""")).ToString().ShouldBe("""400 {"parents":["User does not have permission to add users to superuser group roots."]}""");
        (await delegated.PostApiAsync(Path, $$"""{"name":"new","parents":["{{strong}}"]}""")).ToString().ShouldBe("""400 {"parents":["Group strong ones holds permissions that the user does not hold."]}""");
        (await delegated.PostApiAsync(Path, $$"""{"name":"new","roles":["{{role}}"]}""")).ToString().ShouldBe($$"""400 {"roles":["User does not have permission to assign role {{role}}."]}""");
        (await delegated.PostApiAsync(Path, """{"name":"new","is_superuser":true}""")).Text.ShouldContain("set superuser status to True");
    }

    [Fact]
    public async Task Members_come_and_go_one_by_one()
    {
        var user = await server.AddUserAsync("visitor");
        var group = await server.AddGroupAsync("house");
        using var keeper = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.view_user", $"authentik_core.add_user_to_group:{group}");
        var body = $$"""{"pk":{{user.Pk}}}""";

        (await keeper.PostApiAsync($"{Path}{group}/add_user/", body)).ToString().ShouldBe("204 ");
        (await keeper.PostApiAsync($"{Path}{group}/add_user/", body)).ToString().ShouldBe("204 ");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{group}'")).ShouldBe(1);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE context -> 'diff' -> 'users' -> 'added' -> 0 ->> 'username' = 'visitor'")).ShouldBe(1);
        (await keeper.PostApiAsync($"{Path}{group}/remove_user/", body)).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");

        using var remover = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.view_user", "authentik_core.remove_user_from_group");
        (await remover.PostApiAsync($"{Path}{group}/remove_user/", body)).ToString().ShouldBe("204 ");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{group}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Adding_is_refused_for_whom_one_cannot_see_and_groups_that_give_more()
    {
        var user = await server.AddUserAsync("unseen");
        var group = await server.AddGroupAsync("open house");
        var root = await server.AddGroupAsync("root house", superuser: true);
        using var blind = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.add_user_to_group");
        using var seeing = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.view_user", "authentik_core.add_user_to_group");

        (await blind.PostApiAsync($"{Path}{group}/add_user/", $$"""{"pk":{{user.Pk}}}""")).ToString().ShouldBe("""404 {"detail":"No User matches the given query."}""");
        (await seeing.PostApiAsync($"{Path}{group}/add_user/", """{"pk":99999}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seeing.PostApiAsync($"{Path}{group}/add_user/", "{}")).ToString().ShouldBe("""400 {"pk":["This field is required."]}""");
        (await seeing.PostApiAsync($"{Path}{group}/add_user/", """{"pk":"x"}""")).ToString().ShouldBe("""400 {"pk":["A valid integer is required."]}""");
        (await seeing.PostApiAsync($"{Path}{root}/add_user/", $$"""{"pk":{{user.Pk}}}""")).ToString().ShouldBe("""403 {"detail":"User does not have permission to add users to superuser group root house."}""");
        (await seeing.PostApiAsync($"{Path}{Guid.NewGuid()}/add_user/", $$"""{"pk":{{user.Pk}}}""")).ToString().ShouldBe("""404 {"detail":"No Group matches the given query."}""");
    }

    [Fact]
    public async Task Deleting_one_leaves_its_members_and_lets_go_of_its_relatives()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("left over");
        var top = await server.AddGroupAsync("deleted top", superuser: true);
        var middle = await server.AddGroupAsync("deleted middle", parent: top, members: user);
        var leaf = await server.AddGroupAsync("deleted leaf", parent: middle, members: user);
        (await admin.GetApiAsync($"core/users/{user.Pk}/")).Member("is_superuser").ShouldBe("true");
        (await admin.CallAsync("DELETE", $"{Path}{middle}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        var left = await admin.GetApiAsync($"core/users/{user.Pk}/");
        (left.Member("groups"), left.Member("is_superuser")).ShouldBe(($"[\"{leaf}\"]", "false"));
        (await admin.GetApiAsync($"{Path}{leaf}/")).Member("parents").ShouldBe("[]");
        (await admin.GetApiAsync($"{Path}{top}/")).Member("children").ShouldBe("[]");
    }

    [Fact]
    public async Task What_a_group_below_gives_is_not_given_to_those_above()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("above all");
        var top = await server.AddGroupAsync("plain top", members: user);
        await server.AddGroupAsync("strong leaf", superuser: true, parent: top);
        (await admin.GetApiAsync($"core/users/{user.Pk}/")).Member("is_superuser").ShouldBe("false");
        (await admin.GetApiAsync($"{Path}?members_by_pk={user.Pk}")).Each("name").ShouldBe(["\"plain top\""]);
    }

    [Theory]
    [InlineData("name = \"queried\"", "queried")]
    [InlineData("name startswith \"QUER\" and is_superuser = True", "queried root")]
    [InlineData("name startswith \"QUER\"", "queried queried root")]
    [InlineData("is_superuser != True and name ~ \"IED\"", "queried")]
    [InlineData("attributes.team = \"blue\"", "queried")]
    [InlineData("queri root", "queried root")]
    public async Task Queries_find_them(string query, string names)
    {
        using var admin = await server.SuperuserAsync();
        if ((await admin.GetApiAsync($"{Path}?name=queried")).Each("name").Count == 0)
        {
            await admin.PostApiAsync(Path, """{"name":"queried","attributes":{"team":"blue"}}""");
            await server.AddGroupAsync("queried root", superuser: true);
        }
        string.Join(' ', (await admin.GetApiAsync($"{Path}?search={Uri.EscapeDataString(query)}")).Each("name").Select(n => n.Trim('"'))).ShouldBe(names);
    }

    [Theory]
    [InlineData("members_by_username=filtered", "by member")]
    [InlineData("members_by_pk=PK", "by member")]
    [InlineData("is_superuser=true&name=by%20member", "")]
    [InlineData("members_by_username=nobody", "")]
    [InlineData("name=by%20member", "by member")]
    [InlineData("attributes=%7B%22k%22%3A%22v%22%7D", "by attribute")]
    public async Task Filters(string query, string names)
    {
        using var admin = await server.SuperuserAsync();
        if ((await admin.GetApiAsync("core/users/?username=filtered")).Each("pk").Count == 0)
        {
            var user = await server.AddUserAsync("filtered");
            await server.AddGroupAsync("by member", members: user);
            await admin.PostApiAsync(Path, """{"name":"by attribute","attributes":{"k":"v"}}""");
        }
        var pk = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'filtered'");
        string.Join(' ', (await admin.GetApiAsync($"{Path}?{query.Replace("PK", $"{pk}", StringComparison.Ordinal)}")).Each("name").Select(n => n.Trim('"'))).ShouldBe(names);
    }
}
