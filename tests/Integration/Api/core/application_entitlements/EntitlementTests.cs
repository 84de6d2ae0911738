using System.Net;
using Postern.Tests.Integration.Api.Core.Applications;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.ApplicationEntitlements;

public sealed class EntitlementTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/application_entitlements/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Belong_to_an_application_under_a_name_of_their_own()
    {
        using var admin = await server.SuperuserAsync();
        var app = await admin.AddApplicationAsync("entitled");
        var made = await admin.PostApiAsync(Path, $$"""{"name":"editor","app":"{{app}}","attributes":{"a":1} }""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Json.AsObject().Select(m => m.Key).ShouldBe(["pbm_uuid", "name", "app", "attributes"], ignoreOrder: true);
        var pk = made.Json["pbm_uuid"]!.GetValue<string>();
        (await admin.PostApiAsync(Path, $$"""{"name":"editor","app":"{{app}}"}""")).ToString().ShouldBe("""400 {"non_field_errors":["The fields app, name must make a unique set."]}""");
        (await admin.PostApiAsync(Path, """{"name":"editor"}""")).Member("app").ShouldBe("""["This field is required."]""");
        (await admin.GetApiAsync($"{Path}?app={app}")).Each("name").ShouldBe(["\"editor\""]);
        (await admin.CallAsync("PATCH", $"{Path}{pk}/", """{"name":"writer"}""")).Member("name").ShouldBe("\"writer\"");
        (await admin.CallAsync("DELETE", $"core/applications/entitled/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"{Path}{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Take_groups_and_users_but_no_policies()
    {
        using var admin = await server.SuperuserAsync();
        var app = await admin.AddApplicationAsync("bound");
        var pk = (await admin.PostApiAsync(Path, $$"""{"name":"e","app":"{{app}}"}""")).Json["pbm_uuid"]!.GetValue<string>();
        var policy = (await admin.PostApiAsync("policies/dummy/", """{"name":"d"}""")).Json["pk"]!.GetValue<string>();
        (await admin.PostApiAsync("policies/bindings/", $$"""{"target":"{{pk}}","order":0,"policy":"{{policy}}"}""")).Member("non_field_errors").ShouldBe("""["One of 'group', 'user' must be set."]""");
        await admin.BindAsync(pk, $"\"group\":\"{await server.AddGroupAsync("g")}\"");
    }

    [Fact]
    public async Task Need_their_rights_and_a_view_of_the_application()
    {
        using var admin = await server.SuperuserAsync();
        var app = await admin.AddApplicationAsync("out-of-sight");
        using var delegated = await server.WithRightsAsync("authentik_core.add_applicationentitlement");
        (await delegated.PostApiAsync(Path, $$"""{"name":"e","app":"{{app}}"}""")).ToString().ShouldBe("""400 {"app":["User does not have access to application."]}""");
        using var seeing = await server.WithRightsAsync("authentik_core.add_applicationentitlement", $"authentik_core.view_application:{app}");
        (await seeing.PostApiAsync(Path, $$"""{"name":"e","app":"{{app}}"}""")).Status.ShouldBe(HttpStatusCode.Created);
        using var nobody = await server.WithRightsAsync();
        (await nobody.PostApiAsync(Path, $$"""{"name":"f","app":"{{app}}"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await nobody.GetApiAsync(Path)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
