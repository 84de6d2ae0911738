using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Rbac.Grants;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Rbac;

public sealed class PermissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "rbac/permissions/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task The_catalogue_is_open_to_everybody_signed_in()
    {
        using var anybody = await server.WithRightsAsync();
        var list = await anybody.GetApiAsync($"{Path}?codename=impersonate");
        list.Status.ShouldBe(HttpStatusCode.OK, list.Text);
        var permission = list.Json["results"]![0]!.AsObject();
        permission.Select(m => m.Key).ShouldBe(["id", "name", "codename", "model", "app_label", "app_label_verbose", "model_verbose"], ignoreOrder: true);
        permission["name"]!.GetValue<string>().ShouldBe("Can impersonate other users");
        permission["app_label_verbose"]!.GetValue<string>().ShouldBe("authentik Core");
        (await anybody.GetApiAsync($"{Path}{permission["id"]}/")).Member("codename").ShouldBe("\"impersonate\"");
        (await anybody.GetApiAsync($"{Path}1/")).ToString().ShouldBe("""404 {"detail":"No Permission matches the given query."}""");
        using var nobody = server.Program();
        (await nobody.GetApiAsync(Path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("content_type__app_label=authentik_rbac&content_type__model=systempermission", "access_admin_interface edit_system_settings manage_media_files view_media_files view_system_info view_system_settings")]
    [InlineData("content_type__model=user", "add_user change_user delete_user impersonate preview_user reset_user_password view_user view_user_applications")]
    [InlineData("content_type__model=group", "add_group add_user_to_group change_group delete_group disable_group_superuser enable_group_superuser remove_user_from_group view_group")]
    [InlineData("content_type__model=token", "add_token change_token delete_token set_token_key view_token view_token_key")]
    [InlineData("content_type__model=role", "add_role assign_role_permissions change_role delete_role unassign_role_permissions view_role")]
    [InlineData("content_type__app_label=authentik_policies&content_type__model=policy", "add_policy change_policy clear_policy_cache delete_policy view_policy view_policy_cache")]
    [InlineData("content_type__model=flow", "add_flow change_flow clear_flow_cache delete_flow export_flow inspect_flow view_flow view_flow_cache")]
    [InlineData("content_type__model=certificatekeypair", "add_certificatekeypair change_certificatekeypair delete_certificatekeypair view_certificatekeypair view_certificatekeypair_certificate view_certificatekeypair_key")]
    [InlineData("codename=retry_task", "retry_task")]
    [InlineData("codename=send_schedule", "send_schedule")]
    [InlineData("content_type__model=session", "")]
    [InlineData("codename=nonsense", "")]
    [InlineData("search=superuser%20enable", "enable_group_superuser")]
    public async Task The_catalogue_narrows(string query, string codenames)
    {
        using var anybody = await server.WithRightsAsync();
        string.Join(' ', (await anybody.GetApiAsync($"{Path}?{query}")).Each("codename").Select(c => c.Trim('"'))).ShouldBe(codenames);
    }

    [Theory]
    [InlineData("authentik_core", "user group application applicationentitlement token authenticatedsession usersourceconnection provider source propertymapping")]
    [InlineData("authentik_rbac", "role initialpermissions")]
    [InlineData("authentik_brands", "brand")]
    [InlineData("authentik_events", "event notification notificationrule notificationtransport notificationwebhookmapping")]
    [InlineData("authentik_policies", "policybinding")]
    [InlineData("authentik_providers_oauth2", "oauth2provider scopemapping accesstoken refreshtoken authorizationcode")]
    [InlineData("authentik_stages_consent", "consentstage userconsent")]
    [InlineData("authentik_stages_invitation", "invitation invitationstage")]
    [InlineData("authentik_stages_authenticator_totp", "totpdevice")]
    [InlineData("authentik_stages_authenticator_static", "staticdevice")]
    [InlineData("authentik_stages_authenticator_webauthn", "webauthndevice")]
    [InlineData("authentik_stages_authenticator_sms", "smsdevice")]
    [InlineData("authentik_stages_authenticator_email", "emaildevice")]
    [InlineData("authentik_reports", "dataexport")]
    public void Every_model_has_its_four(string app, string models)
    {
        var catalogue = server.Services.GetRequiredService<PermissionCatalogue>();
        var missing = models.Split(' ').SelectMany(m => new[] { "add", "change", "delete", "view" }.Select(v => $"{app}.{v}_{m}")).Where(p => catalogue.Find(p) is null);
        missing.ShouldBeEmpty();
        foreach (var model in models.Split(' '))
            catalogue.Find($"{app}.change_{model}")!.Label.ShouldStartWith("Can change ");
    }

    [Theory]
    [InlineData("authentik_core.add_user", "Can add User")]
    [InlineData("authentik_core.reset_user_password", "Reset Password")]
    [InlineData("authentik_core.impersonate", "Can impersonate other users")]
    [InlineData("authentik_core.preview_user", "Can preview user data sent to providers")]
    [InlineData("authentik_core.view_user_applications", "View applications the user has access to")]
    public void They_are_called(string permission, string label) => server.Services.GetRequiredService<PermissionCatalogue>().Find(permission)!.Label.ShouldBe(label);

    [Fact]
    public async Task Rights_on_everything_are_given_shown_and_taken()
    {
        using var admin = await server.SuperuserAsync();
        var role = await server.AddRoleAsync("global");

        var assigned = await admin.PostApiAsync($"{Path}assigned_by_roles/{role}/assign/", """{"permissions":["authentik_core.view_user","authentik_core.change_user"]}""");
        assigned.Status.ShouldBe(HttpStatusCode.OK, assigned.Text);
        assigned.Json.AsArray().Count.ShouldBe(2);
        assigned.Json[0]!["id"]!.GetValue<string>().ShouldNotBeEmpty();
        (await admin.PostApiAsync($"{Path}assigned_by_roles/{role}/assign/", """{"permissions":["authentik_core.view_user"]}""")).Json[0]!.ToJsonString().ShouldBe(assigned.Json[0]!.ToJsonString());

        var listed = await admin.GetApiAsync($"{Path}assigned_by_roles/?model=authentik_core.user&search=global");
        var row = listed.Json["results"]![0]!;
        row["role_pk"]!.GetValue<string>().ShouldBe(role.ToString());
        row["model_permissions"]!.AsArray().Select(p => p!["codename"]!.GetValue<string>()).ShouldBe(["view_user", "change_user"], ignoreOrder: true);
        (await admin.GetApiAsync($"{Path}?role={role}")).Each("codename").ShouldBe(["\"change_user\"", "\"view_user\""]);

        (await admin.CallAsync("PATCH", $"{Path}assigned_by_roles/{role}/unassign/", """{"permissions":["authentik_core.view_user"]}""")).ToString().ShouldBe("204 ");
        (await admin.GetApiAsync($"{Path}?role={role}")).Each("codename").ShouldBe(["\"change_user\""]);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_updated' AND context -> 'diff' -> 'permissions' ? 'removed' AND context -> 'model' ->> 'name' = 'global'")).ShouldBe(1);
    }

    [Fact]
    public async Task Rights_on_one_object_open_that_object()
    {
        using var admin = await server.SuperuserAsync();
        var subject = await server.AddUserAsync("subject");
        var keeper = await server.AddUserAsync("keeper");
        var role = await server.AddRoleAsync("keepers");
        await server.Database.ExecuteAsync($"INSERT INTO user_role VALUES ({keeper.Pk}, '{role}')");
        using var client = server.Program(await server.AddTokenAsync(keeper));
        (await client.GetApiAsync($"core/users/{subject.Pk}/")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var body = $$"""{"permissions":["view_user"],"model":"authentik_core.user","object_pk":"{{subject.Pk}}"}""";
        (await admin.PostApiAsync($"{Path}assigned_by_roles/{role}/assign/", body)).Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetApiAsync($"core/users/{subject.Pk}/")).Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetApiAsync("core/users/")).Each("username").ShouldBe(["\"subject\""]);

        var on = (await admin.GetApiAsync($"{Path}assigned_by_roles/?model=authentik_core.user&object_pk={subject.Pk}")).Json["results"]!.AsArray().Single(r => string.Equals(r!["name"]!.GetValue<string>(), "keepers", StringComparison.Ordinal))!;
        on["object_permissions"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["id", "codename", "model", "app_label", "object_pk", "name"], ignoreOrder: true);
        var of = await admin.GetApiAsync($"{Path}roles/?uuid={role}");
        of.Each("object_description").ShouldBe(["\"subject\""]);
        of.Each("object_pk").ShouldBe([$"\"{subject.Pk}\""]);

        (await admin.CallAsync("PATCH", $"{Path}assigned_by_roles/{role}/unassign/", body)).ToString().ShouldBe("204 ");
        (await client.GetApiAsync($"core/users/{subject.Pk}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"permissions":["view_user"]}""", """{"permissions":["When assigning global permissions, codename must be given as app_label.codename"]}""")]
    [InlineData("""{"permissions":["authentik_core.fly"]}""", """{"permissions":["\"authentik_core.fly\" is not a valid choice."]}""")]
    [InlineData("""{"permissions":["view_group"],"model":"authentik_core.user","object_pk":"1"}""", """{"permissions":["\"view_group\" is not a valid choice."]}""")]
    [InlineData("""{"permissions":["view_user"],"model":"authentik_core.user"}""", """{"object_pk":["This field is required."]}""")]
    [InlineData("""{"permissions":["authentik_core.view_user"],"object_pk":"1"}""", """{"model":["This field is required."]}""")]
    [InlineData("""{"permissions":["view_user"],"model":"authentik_core.user","object_pk":"99999"}""", """{"object_pk":["Invalid pk \"99999\" - object does not exist."]}""")]
    [InlineData("""{"permissions":["view_user"],"model":"authentik_core.user","object_pk":"nonsense"}""", """{"object_pk":["Invalid pk \"nonsense\" - object does not exist."]}""")]
    [InlineData("""{"permissions":["view_x"],"model":"nonsense","object_pk":"1"}""", """{"model":["\"nonsense\" is not a valid choice."]}""")]
    [InlineData("{}", """{"permissions":["This field is required."]}""")]
    [InlineData("""{"permissions":"view_user"}""", """{"permissions":["Expected a list of items."]}""")]
    public async Task Malformed_assignments_give_nothing(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        var role = await server.AddRoleAsync($"empty {Guid.NewGuid()}");
        (await admin.PostApiAsync($"{Path}assigned_by_roles/{role}/assign/", body)).ToString().ShouldBe($"400 {errors}");
        (await admin.GetApiAsync($"{Path}?role={role}")).Each("codename").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_gives_a_right_they_do_not_hold()
    {
        var role = await server.AddRoleAsync("target role");
        using var assigner = await server.WithRightsAsync("authentik_rbac.assign_role_permissions", "authentik_core.view_user");
        var path = $"{Path}assigned_by_roles/{role}/assign/";

        (await assigner.PostApiAsync(path, """{"permissions":["authentik_core.view_user"]}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await assigner.PostApiAsync(path, """{"permissions":["authentik_core.delete_user"]}""")).ToString().ShouldBe("""400 {"permissions":["User does not hold permission authentik_core.delete_user."]}""");
        using var stranger = await server.WithRightsAsync("authentik_core.view_user", "authentik_rbac.view_role", "authentik_rbac.change_role");
        (await stranger.PostApiAsync(path, """{"permissions":["authentik_core.view_user"]}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await stranger.CallAsync("PATCH", path.Replace("/assign/", "/unassign/", StringComparison.Ordinal), """{"permissions":["authentik_core.view_user"]}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Program();
        (await nobody.PostApiAsync(path, """{"permissions":["x"]}""")).ToString().ShouldBe("""403 {"detail":"Authentication credentials were not provided."}""");
    }

    [Fact]
    public async Task Who_holds_what_is_shown_of_visible_roles_only()
    {
        var hidden = await server.AddRoleAsync("hidden holder", "authentik_core.delete_group");
        var shown = await server.AddRoleAsync("shown holder", "authentik_core.delete_group");
        using var limited = await server.WithRightsAsync($"authentik_rbac.view_role:{shown}");

        (await limited.GetApiAsync($"{Path}assigned_by_roles/?model=authentik_core.group")).Each("name").ShouldBe(["\"shown holder\""]);
        (await limited.GetApiAsync($"{Path}?role={hidden}")).Each("codename").ShouldBeEmpty();
        (await limited.GetApiAsync($"{Path}assigned_by_roles/")).ToString().ShouldBe("""400 {"model":["This field is required."]}""");
        (await limited.GetApiAsync($"{Path}assigned_by_roles/?model=x")).ToString().ShouldBe("""400 {"model":["Select a valid choice. x is not one of the available choices."]}""");
        (await limited.GetApiAsync($"{Path}roles/?uuid=x")).ToString().ShouldBe("""400 {"uuid":["Enter a valid UUID."]}""");
        using var none = await server.WithRightsAsync();
        (await none.GetApiAsync($"{Path}assigned_by_roles/?model=authentik_core.group")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
