using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Transactional;

public sealed class ApplicationsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/transactional/applications/";
    const string Model = "authentik_providers_oauth2.oauth2provider";
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData($"\"provider_model\":\"{Model}\",", "")]
    // As published clients send it.
    [InlineData("", $"\"providerModel\":\"{Model}\",")]
    public async Task Creates_provider_application_and_bindings_together(string outside, string inside)
    {
        using var admin = await server.SuperuserAsync();
        var slug = $"made-{Guid.NewGuid():N}";
        var group = await server.AddGroupAsync(slug);
        var flow = await FlowAsync();
        var answer = await admin.CallAsync("PUT", Path, $$"""
            {{{outside}} "app":{"name":"{{slug}}","slug":"{{slug}}"},
             "provider":{{{inside}}"name":"provider of {{slug}}","authorization_flow":"{{flow}}","invalidation_flow":"{{flow}}","redirect_uris":[{"matching_mode":"strict","url":"https://{{slug}}.example.org/cb"}]},
             "policy_bindings":[{"group":"{{group}}","order":0}]}
            """);
        answer.ToString().ShouldBe("""200 {"applied":true,"logs":[]}""");
        var application = await admin.GetApiAsync($"core/applications/{slug}/");
        application.Json["provider_obj"]!["name"]!.GetValue<string>().ShouldBe($"provider of {slug}");
        application.Member("launch_url").ShouldBe($"\"https://{slug}.example.org\"");
        (await admin.GetApiAsync($"policies/bindings/?target={application.Json["pk"]}")).Each("group").ShouldBe([$"\"{group}\""]);
    }

    [Fact]
    public async Task Stores_nothing_when_one_part_is_wrong_and_names_every_error()
    {
        var flow = await FlowAsync();
        using var admin = await server.SuperuserAsync();
        var answer = await admin.CallAsync("PUT", Path, $$"""
            {"provider_model":"{{Model}}","app":{"name":"","slug":"token"},"provider":{"name":"half","authorization_flow":"{{flow}}","invalidation_flow":"{{flow}}","redirect_uris":[{"url":"javascript:alert(1)"}]},"policy_bindings":[] }
            """);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json["app"]!.AsObject().Select(e => e.Key).ShouldBe(["name", "slug"], ignoreOrder: true);
        answer.Json["provider"]!.AsObject().Select(e => e.Key).ShouldBe(["redirect_uris"]);

        var bound = await admin.CallAsync("PUT", Path, $$"""
            {"provider_model":"{{Model}}","app":{"name":"half","slug":"half"},"provider":{"name":"half","authorization_flow":"{{flow}}","invalidation_flow":"{{flow}}","redirect_uris":[]},"policy_bindings":[{"order":0}]}
            """);
        bound.Json["policy_bindings"]!["non_field_errors"]!.AsArray().Count.ShouldBe(1);
        (await server.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM provider WHERE name = 'half') + (SELECT count(*) FROM application WHERE slug = 'half')")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_created' AND context #>> '{model,name}' = 'half'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("[]", "non_field_errors")]
    [InlineData("{}", "app")]
    [InlineData("""{"app":1,"provider":{},"provider_model":"x"}""", "app")]
    [InlineData("""{"app":{},"provider":{},"provider_model":"authentik_core.user"}""", "provider_model")]
    [InlineData("""{"app":{},"provider":{}}""", "provider_model")]
    [InlineData("""{"app":{},"provider":{},"policy_bindings":1}""", "policy_bindings")]
    public async Task Refuses_malformed_requests(string body, string field)
    {
        using var admin = await server.SuperuserAsync();
        var answer = await admin.CallAsync("PUT", Path, body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json.AsObject().Select(e => e.Key).ShouldContain(field);
    }

    [Fact]
    public async Task Needs_the_right_to_add_each_part()
    {
        var flow = await FlowAsync();
        var body = $$"""{"provider_model":"{{Model}}","app":{"name":"r","slug":"r"},"provider":{"name":"r","authorization_flow":"{{flow}}","invalidation_flow":"{{flow}}","redirect_uris":[]} }""";
        using var one = await server.WithRightsAsync("authentik_core.add_application");
        (await one.CallAsync("PUT", Path, body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await server.WithRightsAsync("authentik_providers_oauth2.add_oauth2provider");
        (await other.CallAsync("PUT", Path, body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM provider WHERE name = 'r'")).ShouldBe(0);
        using var both = await server.WithRightsAsync("authentik_core.add_application", "authentik_providers_oauth2.add_oauth2provider");
        (await both.CallAsync("PUT", Path, body)).Status.ShouldBe(HttpStatusCode.OK);
        using var nobody = server.Program();
        (await nobody.CallAsync("PUT", Path, body)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    Task<Guid> FlowAsync() => server.Database.ScalarAsync<Guid>("SELECT pk FROM flow WHERE slug = 'default-provider-authorization-implicit-consent'");
}
