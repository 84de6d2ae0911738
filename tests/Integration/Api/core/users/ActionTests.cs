using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

public sealed class ActionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Me_knows_inherited_groups_roles_settings_and_system_rights()
    {
        var user = await server.AddUserAsync("self", u => u.Attributes["settings"] = new System.Text.Json.Nodes.JsonObject { ["locale"] = "de" });
        var top = await server.AddGroupAsync("a-top");
        var leaf = await server.AddGroupAsync("b-leaf", parent: top, members: user);
        await server.Database.ExecuteAsync($$"""UPDATE "group" SET attributes = '{"settings": {"locale": "fr", "theme": {"base": "dark"} } }' WHERE pk = '{{top}}'""");
        var role = await server.AddRoleAsync("inherited role", "authentik_rbac.access_admin_interface", "authentik_core.view_user");
        await server.Database.ExecuteAsync($"INSERT INTO group_role VALUES ('{top}', '{role}')");
        using var client = server.Program(await server.AddTokenAsync(user));
        // Below both lies what the brand says; servers of other tests know nothing of it.
        await server.Database.ExecuteAsync("UPDATE brand SET attributes = '{\"settings\": {\"locale\": \"es\", \"navbar\": {\"userDisplay\": \"name\"} } }'");

        var me = await client.GetApiAsync("core/users/me/");

        me.Status.ShouldBe(HttpStatusCode.OK, me.Text);
        var self = me.Json["user"]!.AsObject();
        self.Select(m => m.Key).ShouldBe(
            ["pk", "username", "name", "is_active", "is_superuser", "is_current", "groups", "roles", "email", "avatar", "uid", "settings", "type", "system_permissions"], ignoreOrder: true);
        self["groups"]!.ToJsonString().ShouldBe($$"""[{"name":"a-top","pk":"{{top}}"},{"name":"b-leaf","pk":"{{leaf}}"}]""");
        self["roles"]!.ToJsonString().ShouldBe($$"""[{"name":"inherited role","pk":"{{role}}"}]""");
        self["settings"]!.ToJsonString().ShouldBe("""{"locale":"de","navbar":{"userDisplay":"name"},"theme":{"base":"dark"}}""");
        await server.Database.ExecuteAsync("UPDATE brand SET attributes = '{}'");
        self["system_permissions"]!.ToJsonString().ShouldBe("""["access_admin_interface"]""");
        self["is_current"]!.GetValue<bool>().ShouldBeFalse();
        me.Json["users"]!.AsArray().Count.ShouldBe(1);
        me.Json["original"].ShouldBeNull();
    }

    [Fact]
    public async Task A_superuser_holds_every_right_of_the_system()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.GetApiAsync("core/users/me/")).Json["user"]!["system_permissions"]!.AsArray().Select(p => p!.ToString()).ShouldBe(
            [
                "view_system_info", "access_admin_interface", "view_system_settings", "edit_system_settings", "view_media_files", "manage_media_files",
                "add_role", "change_role", "delete_role", "view_role", "assign_role_permissions", "unassign_role_permissions",
                "add_initialpermissions", "change_initialpermissions", "delete_initialpermissions", "view_initialpermissions",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Me_of_nobody_is_forbidden()
    {
        using var nobody = server.Program();
        (await nobody.GetApiAsync("core/users/me/")).ToString().ShouldBe("""403 {"detail":"Authentication credentials were not provided."}""");
    }

    [Fact]
    public async Task Setting_a_password_needs_its_right_and_no_other()
    {
        var user = await server.AddUserAsync("forgetful");
        using var helpdesk = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.reset_user_password");
        (await helpdesk.PostApiAsync($"core/users/{user.Pk}/set_password/", """{"password":"n3w"}""")).ToString().ShouldBe("204 ");
        (await FitsAsync(user.Pk, "n3w")).ShouldBeTrue();

        using var viewer = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.change_user");
        (await viewer.PostApiAsync($"core/users/{user.Pk}/set_password/", """{"password":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var blind = await server.WithRightsAsync("authentik_core.reset_user_password");
        (await blind.PostApiAsync($"core/users/{user.Pk}/set_password/", """{"password":"x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("{}", """400 {"password":["This field is required."]}""")]
    [InlineData("""{"password":""}""", """400 {"password":["This field may not be blank."]}""")]
    [InlineData("""{"password":null}""", """400 {"password":["This field may not be null."]}""")]
    [InlineData("""{"password":5}""", """400 {"password":["Not a valid string."]}""")]
    [InlineData("nonsense", null)]
    public async Task Passwords_must_be_given(string body, string? answer)
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync($"target-{Guid.NewGuid()}");
        var said = await admin.PostApiAsync($"core/users/{user.Pk}/set_password/", body);
        if (answer is null)
            said.ToString().ShouldStartWith("""400 {"detail":"JSON parse error - """);
        else
            said.ToString().ShouldBe(answer);
    }

    [Fact]
    public async Task Nobody_resets_the_password_of_who_may_do_more()
    {
        var superuser = await server.AddSuperuserAsync("untouchable");
        using var helpdesk = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.reset_user_password");
        (await helpdesk.PostApiAsync($"core/users/{superuser.Pk}/set_password/", """{"password":"mine"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await FitsAsync(superuser.Pk, "mine")).ShouldBeFalse();
    }

    [Fact]
    public async Task Hashes_from_elsewhere_fit_and_unknown_ones_are_refused()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("moved");
        (await admin.PostApiAsync($"core/users/{user.Pk}/set_password_hash/", $$"""{"password":"{{PasswordHash.Encode("from-django", 10)}}"}""")).ToString().ShouldBe("204 ");
        (await FitsAsync(user.Pk, "from-django")).ShouldBeTrue();
        (await admin.PostApiAsync($"core/users/{user.Pk}/set_password_hash/", """{"password":"md5$x$y"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Service_accounts_come_with_an_app_password_and_a_group_where_asked()
    {
        using var admin = await server.SuperuserAsync();
        var made = await admin.PostApiAsync("core/users/service_account/", """{"name":"Build Robot","create_group":true}""");

        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        made.Member("username").ShouldBe("\"Build Robot\"");
        made.Json["token"]!.GetValue<string>().Length.ShouldBe(60);
        var pk = made.Json["user_pk"]!.GetValue<int>();
        var user = await admin.GetApiAsync($"core/users/{pk}/");
        user.Member("type").ShouldBe("\"service_account\"");
        user.Member("path").ShouldBe("\"goauthentik.io/service-accounts\"");
        user.Member("attributes").ShouldBe("""{"goauthentik.io/user/token-expires":true}""");
        user.Member("groups").ShouldBe($"[{made.Member("group_pk")}]");
        user.Member("uid").ShouldBe(made.Member("user_uid"));
        var token = await admin.GetApiAsync("core/tokens/service-account-build-robot-password/");
        token.Member("intent").ShouldBe("\"app_password\"");
        token.Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddDays(360));
    }

    [Fact]
    public async Task Service_accounts_are_refused_with_the_reason()
    {
        const string path = "core/users/service_account/";
        using var admin = await server.SuperuserAsync();
        await admin.PostApiAsync(path, """{"name":"twice","create_group":true}""");
        await server.AddGroupAsync("taken");

        (await admin.PostApiAsync(path, "{}")).ToString().ShouldBe("""400 {"name":["This field is required."]}""");
        (await admin.PostApiAsync(path, """{"name":"twice"}""")).ToString().ShouldBe("""400 {"name":["This field must be unique."]}""");
        (await admin.PostApiAsync(path, """{"name":"taken","create_group":true}""")).ToString().ShouldBe("""400 {"non_field_errors":["A user/group with these details already exists"]}""");
        (await admin.PostApiAsync(path, """{"name":"x","expires":"soon"}""")).Text.ShouldStartWith("""{"expires":["Datetime has wrong format.""");
        using var half = await server.WithRightsAsync("authentik_core.add_user");
        (await half.PostApiAsync(path, """{"name":"half"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var whole = await server.WithRightsAsync("authentik_core.add_user", "authentik_core.add_token");
        var groupless = await whole.PostApiAsync(path, """{"name":"groupless","create_group":true,"expiring":false}""");
        groupless.Status.ShouldBe(HttpStatusCode.OK);
        groupless.Json["group_pk"].ShouldBeNull();
        (await server.Database.ScalarAsync<bool>("SELECT expiring FROM token WHERE identifier = 'service-account-groupless-password'")).ShouldBeFalse();
    }

    Task<bool> FitsAsync(int pk, string password) => server.InScopeAsync(async services =>
    {
        var user = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == pk);
        return (await services.GetRequiredService<CheckPassword>().ExecuteAsync(user, password, CancellationToken.None)).Value;
    });
}
