using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Admin;

/// <summary><c>/admin/settings/</c>: what they are from the start, what they do, what they refuse.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    const string Path = "admin/settings/";
    TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Start_as_documented()
    {
        using var admin = await server.SuperuserAsync();
        var settings = await admin.GetApiAsync(Path);
        foreach (var (name, value) in new[]
        {
            ("default_user_change_name", "true"), ("default_user_change_email", "false"), ("default_user_change_username", "false"), ("event_retention", "\"days=365\""),
            ("reputation_lower_limit", "-5"), ("reputation_upper_limit", "5"), ("footer_links", "[]"), ("gdpr_compliance", "true"), ("impersonation", "true"), ("impersonation_require_reason", "true"),
            ("default_token_duration", "\"days=1\""), ("default_token_length", "60"), ("pagination_default_page_size", "20"), ("pagination_max_page_size", "100"),
        })
            settings.Member(name).ShouldBe(value, name);
        settings.Json["flags"]!.AsObject().Select(f => $"{f.Key} {f.Value}").ShouldBe(["core_default_app_access true", "flows_refresh_others false", "flows_continuous_login false", "enterprise_audit_include_expanded_diff false"], ignoreOrder: true);
    }

    [Fact]
    public async Task Looking_and_changing_are_rights_of_their_own_and_a_change_is_recorded()
    {
        using var looker = await server.WithRightsAsync("authentik_rbac.view_system_settings");
        (await looker.GetApiAsync(Path)).Status.ShouldBe(HttpStatusCode.OK);
        (await looker.CallAsync("PATCH", Path, """{"gdpr_compliance":false}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var editor = await server.WithRightsAsync("authentik_rbac.view_system_settings", "authentik_rbac.edit_system_settings");
        (await editor.CallAsync("PATCH", Path, """{"gdpr_compliance":false}""")).Member("gdpr_compliance").ShouldBe("false");
        (await server.Database.ScalarAsync<string>("SELECT context->'diff'->'gdpr_compliance'->>'new_value' FROM event WHERE action = 'model_updated'")).ShouldBe("false");
        using var nobody = server.Program();
        (await nobody.GetApiAsync(Path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await editor.GetApiAsync("rbac/permissions/?content_type__app_label=authentik_tenants")).Each("codename").ShouldBeEmpty("no right is offered that nothing asks for");
    }

    [Fact]
    public async Task Say_how_long_tokens_keys_pages_and_events_are()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.CallAsync("PATCH", Path, """{"event_retention":"WEEKS=1;days=0.5","default_token_duration":"hours=2","default_token_length":80,"pagination_default_page_size":2,"pagination_max_page_size":3}""")).Status.ShouldBe(HttpStatusCode.OK);
        var made = await admin.PostApiAsync("core/tokens/", """{"identifier":"long","user":1}""");
        made.Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(server.Clock.GetUtcNow().AddHours(2));
        (await admin.GetApiAsync("core/tokens/long/view_key/")).Json["key"]!.ToString().Length.ShouldBe(80);
        foreach (var name in new[] { "a", "b", "c", "d" })
            await server.AddUserAsync($"paged-{name}");
        (await admin.GetApiAsync("core/users/")).Each("pk").Count.ShouldBe(2);
        (await admin.GetApiAsync("core/users/?page_size=0")).Each("pk").Count.ShouldBe(2);
        (await admin.GetApiAsync("core/users/?page_size=many")).Each("pk").Count.ShouldBe(2);
        (await admin.GetApiAsync("core/users/?page_size=1000")).Each("pk").Count.ShouldBe(3);
        (await server.Database.ScalarAsync<bool>("SELECT expires = created + interval '7.5 days' FROM event WHERE action = 'secret_view'")).ShouldBeTrue();
    }

    [Fact]
    public async Task Clients_learn_what_is_switched_on()
    {
        using var nobody = server.Program();
        (await nobody.GetApiAsync("root/config/")).Text.ShouldContain("can_impersonate");
        using var admin = await server.SuperuserAsync();
        await admin.CallAsync("PATCH", Path, """{"impersonation":false}""");
        (await nobody.GetApiAsync("root/config/")).Text.ShouldNotContain("can_impersonate");
        (await nobody.GetApiAsync("admin/models/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.GetApiAsync("admin/models/")).Text.ShouldContain("""{"name":"authentik_core.user","label":"User"}""");
        (await admin.GetApiAsync("admin/apps/")).Text.ShouldContain("authentik_core");
        (await admin.GetApiAsync("admin/version/")).Json.AsObject().Select(m => m.Key).ShouldBe(["version_current", "version_latest", "version_latest_valid", "build_hash", "outdated", "outpost_outdated"], ignoreOrder: true);
    }
}

/// <summary>Settings that are refused.</summary>
public sealed class WrongSettingsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "admin/settings/";
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("""{"event_retention":"soon"}""", """{"event_retention":["soon is not in the correct format of 'hours=3;minutes=1'."]}""")]
    [InlineData("""{"default_token_duration":"hours"}""", """{"default_token_duration":["hours is not in the correct format of 'hours=3;minutes=1'."]}""")]
    [InlineData("""{"flags":{"core_default_app_access":"yes"}}""", """{"flags":["Value for flag core_default_app_access needs to be of type bool."]}""")]
    [InlineData("""{"default_token_length":0}""", """{"default_token_length":["Ensure this value is greater than or equal to 1."]}""")]
    [InlineData("""{"reputation_lower_limit":1}""", """{"reputation_lower_limit":["Ensure this value is less than or equal to 0."]}""")]
    [InlineData("""{"reputation_upper_limit":-1}""", """{"reputation_upper_limit":["Ensure this value is greater than or equal to 0."]}""")]
    [InlineData("""{"base_url":"ftp://id.example.org"}""", """{"base_url":["Enter a valid URL."]}""")]
    [InlineData("""{"footer_links":{}}""", """{"footer_links":["Expected a list of {name, href}."]}""")]
    [InlineData("""{"footer_links":["Imprint"]}""", """{"footer_links":["Expected a list of {name, href}."]}""")]
    [InlineData("""{"footer_links":[{"href":"https://example.org/"}]}""", """{"footer_links":["Expected a list of {name, href}."]}""")]
    [InlineData("""{"footer_links":[{"name":"Imprint","href":5}]}""", """{"footer_links":["Expected a list of {name, href}."]}""")]
    [InlineData("""{"footer_links":[{"name":"Imprint","href":"javascript:alert(1)"}]}""", """{"footer_links":["Enter a valid URL."]}""")]
    public async Task Are_refused_and_nothing_changes(string body, string errors)
    {
        using var admin = await server.SuperuserAsync();
        var before = (await admin.GetApiAsync(Path)).Text;
        (await admin.CallAsync("PATCH", Path, body)).ToString().ShouldBe($"400 {errors}");
        (await admin.GetApiAsync(Path)).Text.ShouldBe(before);
    }
}
