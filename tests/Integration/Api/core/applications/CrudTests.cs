using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

public sealed class CrudTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Answers_every_member()
    {
        using var admin = await server.SuperuserAsync();
        var provider = await server.AddProviderAsync("served");
        var behind = await server.AddProviderAsync("behind");
        await admin.AddApplicationAsync("whole", $$"""
            "provider":{{provider}},"backchannel_providers":[{{behind}}],"meta_launch_url":"https://app.example.org/%(username)s","group":"Tools",
            "meta_icon":"icons/%(theme)s.png","meta_publisher":"us","meta_description":"what it does","open_in_new_tab":true,"policy_engine_mode":"all"
            """);
        var one = await admin.GetApiAsync($"{Applications.Path}whole/");
        one.Json.AsObject().Select(m => m.Key).ShouldBe(
            [
                "pk", "pbm_uuid", "policybindingmodel_ptr_id", "name", "slug", "provider", "provider_obj", "backchannel_providers", "backchannel_providers_obj", "launch_url", "open_in_new_tab", "meta_launch_url",
                "meta_icon", "meta_icon_url", "meta_icon_themed_urls", "meta_description", "meta_publisher", "policy_engine_mode", "group", "meta_hide",
            ],
            ignoreOrder: true);
        one.Json["provider_obj"]!["assigned_application_slug"]!.GetValue<string>().ShouldBe("whole");
        one.Json["backchannel_providers_obj"]![0]!["assigned_backchannel_application_name"]!.GetValue<string>().ShouldBe("whole");
        one.Json["launch_url"]!.GetValue<string>().ShouldStartWith("https://app.example.org/root-");
        one.Member("meta_icon_themed_urls").ShouldBe("""{"light":"/media/public/icons/light.png","dark":"/media/public/icons/dark.png"}""");
        one.Member("meta_icon_url").ShouldBe("\"/media/public/icons/light.png\"");
        foreach (var (filter, found, other) in new[] { ("application__isnull=true", "behind", "served"), ("backchannel=true", "behind", "served"), ("backchannel=false", "served", "behind") })
        {
            var names = (await admin.GetApiAsync($"providers/all/?{filter}")).Each("name").ToList();
            names.ShouldContain($"\"{found}\"");
            names.ShouldNotContain($"\"{other}\"");
        }
    }

    [Theory]
    [InlineData("authorize")]
    [InlineData("token")]
    [InlineData("device")]
    [InlineData("userinfo")]
    [InlineData("introspect")]
    [InlineData("revoke")]
    public async Task Slugs_of_protocol_addresses_are_reserved(string slug)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Applications.Path, $$"""{"name":"x","slug":"{{slug}}"}""")).Member("slug").ShouldBe($"[\"The slug '{slug}' is reserved and cannot be used for applications.\"]");
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"x"}""", "slug")]
    [InlineData("""{"name":"x","slug":"a b"}""", "slug")]
    [InlineData("""{"name":"x","slug":"x1","provider":999}""", "provider")]
    [InlineData("""{"name":"x","slug":"x1","backchannel_providers":[999]}""", "backchannel_providers")]
    [InlineData("""{"name":"x","slug":"x1","policy_engine_mode":"some"}""", "policy_engine_mode")]
    [InlineData("""{"name":"x","slug":"x1","meta_launch_url":"javascript:alert(1)"}""", "meta_launch_url")]
    [InlineData("""{"name":"x","slug":"x1","meta_launch_url":"//evil.example.org"}""", "meta_launch_url")]
    [InlineData("""{"name":"x","slug":"x1","meta_launch_url":"data:text/html,x"}""", "meta_launch_url")]
    public async Task Refuses_what_is_wrong(string body, string field)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await admin.PostApiAsync(Applications.Path, body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json.AsObject().Select(e => e.Key).ShouldContain(field);
    }

    [Fact]
    public async Task A_provider_serves_one_application_and_its_deletion_leaves_the_application()
    {
        using var admin = await server.SuperuserAsync();
        var provider = await server.AddProviderAsync("single");
        await admin.AddApplicationAsync("first", $"\"provider\":{provider}");
        await admin.AddApplicationAsync("keeper", "\"backchannel_providers\":[]");
        (await admin.PostApiAsync(Applications.Path, $$"""{"name":"x","slug":"second","provider":{{provider}}}""")).ToString()
            .ShouldBe("""400 {"provider":["Application with this provider already exists."]}""");
        var behind = await server.AddProviderAsync("single behind");
        (await admin.CallAsync("PATCH", $"{Applications.Path}first/", $$"""{"backchannel_providers":[{{behind}}]}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.CallAsync("PATCH", $"{Applications.Path}keeper/", $$"""{"backchannel_providers":[{{behind}}]}""")).ToString()
            .ShouldBe("""400 {"backchannel_providers":["Application with this provider already exists."]}""");
        (await admin.GetApiAsync($"providers/all/{provider}/used_by/")).Text.ShouldContain("\"first\"");
        (await admin.CallAsync("DELETE", $"providers/all/{provider}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"{Applications.Path}first/")).Member("provider").ShouldBe("null");
    }

    [Fact]
    public async Task Every_verb_needs_its_right_and_access_to_the_application_is_none()
    {
        using var admin = await server.SuperuserAsync();
        await admin.AddApplicationAsync("guarded");
        using var person = await server.WithRightsAsync();
        using var nobody = server.Program();
        foreach (var client in new[] { person, nobody })
        {
            (await client.GetApiAsync($"{Applications.Path}guarded/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.PostApiAsync(Applications.Path, """{"name":"x","slug":"mine"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.CallAsync("PATCH", $"{Applications.Path}guarded/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.CallAsync("DELETE", $"{Applications.Path}guarded/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.GetApiAsync($"{Applications.Path}guarded/used_by/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        using var editor = await server.WithRightsAsync("authentik_core.view_application", "authentik_core.change_application");
        (await editor.CallAsync("PATCH", $"{Applications.Path}guarded/", """{"name":"renamed"}""")).Member("name").ShouldBe("\"renamed\"");
        (await editor.CallAsync("DELETE", $"{Applications.Path}guarded/")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Deleting_an_application_lets_go_of_its_bindings_and_of_the_brand()
    {
        using var admin = await server.SuperuserAsync();
        var pk = await admin.AddApplicationAsync("leaving");
        var group = await server.AddGroupAsync("leavers");
        await admin.BindAsync(pk, $"\"group\":\"{group}\"");
        var brand = (await admin.GetApiAsync("core/brands/")).Json["results"]![0]!["brand_uuid"]!.GetValue<string>();
        (await admin.CallAsync("PATCH", $"core/brands/{brand}/", $$"""{"default_application":"{{pk}}"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.CallAsync("PATCH", $"core/brands/{brand}/", $$"""{"default_application":"{{Guid.NewGuid()}}"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.CallAsync("DELETE", $"{Applications.Path}leaving/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"policies/bindings/?target={pk}")).Each("pk").ShouldBeEmpty();
        (await admin.GetApiAsync($"core/brands/{brand}/")).Member("default_application").ShouldBe("null");
    }
}
