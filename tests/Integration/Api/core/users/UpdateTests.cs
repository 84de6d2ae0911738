using System.Net;
using Postern.Directory.Users;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

public sealed class UpdateTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Change = "authentik_core.change_user";
    const string View = "authentik_core.view_user";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Patch_leaves_alone_what_it_does_not_name_and_put_empties_memberships()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("partial", u => u.Attributes["a"] = 1);
        var group = await server.AddGroupAsync("partial group", members: user);

        var patched = await admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"email":"new@example.org"}""");
        patched.Member("groups").ShouldBe($"[\"{group}\"]");
        patched.Member("attributes").ShouldBe("""{"a":1}""");
        (await admin.CallAsync("PATCH", $"core/users/{user.Pk}/", "{}")).Status.ShouldBe(HttpStatusCode.OK);

        var put = await admin.CallAsync("PUT", $"core/users/{user.Pk}/", """{"username":"partial","name":"n"}""");
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        put.Member("groups").ShouldBe("[]");
        put.Member("attributes").ShouldBe("{}");
        put.Member("email").ShouldBe("\"\"");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE user_pk = {user.Pk}")).ShouldBe(0);
    }

    [Theory]
    [InlineData("PATCH", """{"is_active":false}""")]
    [InlineData("PUT", """{"username":"leaver-PUT","name":"","is_active":false}""")]
    public async Task Deactivation_ends_sessions_whichever_way_it_comes(string method, string body)
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync($"leaver-{method}");
        await server.AddSessionAsync(user);

        (await admin.CallAsync(method, $"core/users/{user.Pk}/", body)).Status.ShouldBe(HttpStatusCode.OK);

        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(0);
    }

    [Fact]
    public async Task Internal_service_accounts_stay_as_they_are()
    {
        using var admin = await server.SuperuserAsync();
        var machine = await server.AddUserAsync("outpost", u => u.Type = UserType.InternalServiceAccount);
        var person = await server.AddUserAsync("person");

        (await admin.CallAsync("PATCH", $"core/users/{machine.Pk}/", """{"type":"internal"}""")).ToString().ShouldBe("""400 {"type":["Can't change internal service account to other user type."]}""");
        (await admin.CallAsync("PATCH", $"core/users/{machine.Pk}/", """{"name":"x"}""")).ToString().ShouldBe("""400 {"non_field_errors":["Can't modify internal service account users"]}""");
        (await admin.CallAsync("PATCH", $"core/users/{person.Pk}/", """{"type":"internal_service_account"}""")).ToString().ShouldBe("""400 {"type":["Setting a user to internal service account is not allowed."]}""");
    }

    [Fact]
    public async Task Joining_groups_needs_the_right_on_the_group()
    {
        using var delegated = await server.WithRightsAsync(Change, View);
        var user = await server.AddUserAsync("joiner");
        var group = await server.AddGroupAsync("club");

        (await delegated.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"groups":["{{group}}"]}""")).ToString()
            .ShouldBe("""400 {"groups":["User does not have permission to add users to group club."]}""");

        using var trusted = await server.WithRightsAsync(Change, View, $"authentik_core.add_user_to_group:{group}");
        (await trusted.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"groups":["{{group}}"]}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await trusted.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"groups":[]}""")).ToString()
            .ShouldBe("""400 {"groups":["User does not have permission to remove users from group club."]}""");
    }

    [Fact]
    public async Task Nobody_makes_superusers_through_a_descendant_of_a_superuser_group()
    {
        var root = await server.AddGroupAsync("hidden root", superuser: true);
        var leaf = await server.AddGroupAsync("innocent leaf", parent: root);
        var user = await server.AddUserAsync("climber");
        using var delegated = await server.WithRightsAsync(Change, View, "authentik_core.add_user_to_group");

        (await delegated.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"groups":["{{leaf}}"]}""")).ToString()
            .ShouldBe("""400 {"groups":["User does not have permission to add users to superuser group innocent leaf."]}""");

        using var trusted = await server.WithRightsAsync(Change, View, "authentik_core.add_user_to_group", "authentik_core.enable_group_superuser");
        (await trusted.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"groups":["{{leaf}}"]}""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_gives_out_rights_they_do_not_hold()
    {
        var strong = await server.AddRoleAsync("strong", "authentik_core.delete_user");
        var weak = await server.AddRoleAsync("weak", View);
        var group = await server.AddGroupAsync("strong group");
        await server.Database.ExecuteAsync($"INSERT INTO group_role VALUES ('{group}', '{strong}')");
        var user = await server.AddUserAsync("receiver");
        using var delegated = await server.WithRightsAsync(Change, View, "authentik_core.add_user_to_group", "authentik_rbac.change_role");

        (await delegated.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"roles":["{{strong}}"]}""")).ToString()
            .ShouldBe($$"""400 {"roles":["Role {{strong}} holds permissions that the user does not hold."]}""");
        (await delegated.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"groups":["{{group}}"]}""")).ToString()
            .ShouldBe("""400 {"groups":["Group strong group holds permissions that the user does not hold."]}""");
        (await delegated.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"roles":["{{weak}}"]}""")).Status.ShouldBe(HttpStatusCode.OK);

        using var unassigning = await server.WithRightsAsync(Change, View);
        var other = await server.AddRoleAsync("other", View);
        (await unassigning.CallAsync("PATCH", $"core/users/{user.Pk}/", $$"""{"roles":["{{other}}"]}""")).ToString()
            .ShouldBe($$"""400 {"roles":["User does not have permission to assign role {{other}}."]}""");
    }

    [Theory]
    [InlineData("PATCH", """{"email":"taken@example.org"}""")]
    [InlineData("DELETE", null)]
    public async Task Nobody_edits_who_may_do_more(string method, string? body)
    {
        var superuser = await server.AddSuperuserAsync($"above-{method}");
        using var delegated = await server.WithRightsAsync(Change, View, "authentik_core.delete_user");

        (await delegated.CallAsync(method, $"core/users/{superuser.Pk}/", body)).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
    }

    [Theory]
    [InlineData("PATCH", "change_user", """{"email":"patched@example.org"}""", 200)]
    [InlineData("PUT", "change_user", """{"username":"put-NAME","name":""}""", 200)]
    [InlineData("DELETE", "delete_user", null, 204)]
    public async Task Each_verb_needs_its_right_on_everything_or_on_that_user(string method, string right, string? body, int status)
    {
        var (one, other) = (await server.AddUserAsync($"one-{method}"), await server.AddUserAsync($"other-{method}"));
        using var onOne = await server.WithRightsAsync(View, $"authentik_core.{right}:{one.Pk}");
        using var everywhere = await server.WithRightsAsync(View, $"authentik_core.{right}");
        (await onOne.CallAsync(method, $"core/users/{other.Pk}/", body)).ToString().ShouldBe("""403 {"detail":"You do not have permission to perform this action."}""");
        ((int)(await onOne.CallAsync(method, $"core/users/{one.Pk}/", body?.Replace("NAME", "one", StringComparison.Ordinal))).Status).ShouldBe(status);
        ((int)(await everywhere.CallAsync(method, $"core/users/{other.Pk}/", body?.Replace("NAME", "other", StringComparison.Ordinal))).Status).ShouldBe(status);
    }

    [Fact]
    public async Task Deletion_takes_what_belongs_to_the_user()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("gone");
        await server.AddTokenAsync(user);
        await server.AddSessionAsync(user);
        var group = await server.AddGroupAsync("stays", members: user);

        (await admin.GetApiAsync($"core/users/{user.Pk}/used_by/")).Text.ShouldContain("\"model_name\":\"token\"");
        (await admin.CallAsync("DELETE", $"core/users/{user.Pk}/")).ToString().ShouldBe("204 ");

        (await server.Database.ScalarAsync<long>($"SELECT (SELECT count(*) FROM token WHERE user_pk = {user.Pk}) + (SELECT count(*) FROM session WHERE user_pk = {user.Pk})")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"group\" WHERE pk = '{group}'")).ShouldBe(1);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_deleted' AND context -> 'model' ->> 'name' = 'gone'")).ShouldBe(1);
    }

    [Fact]
    public async Task Changes_are_recorded_with_both_values()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("changed");
        await admin.CallAsync("PATCH", $"core/users/{user.Pk}/", """{"name":"Other"}""");

        (await server.Database.ScalarAsync<string>("SELECT context -> 'diff' ->> 'name' FROM event WHERE action = 'model_updated' AND context -> 'model' ->> 'name' = 'changed'"))
            .ShouldBe("""{"new_value": "Other", "previous_value": "changed"}""");
    }
}
