using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Providers.OAuth2;

/// <summary>What an application would learn of somebody, shown to administrators: <c>GET providers/oauth2/{id}/preview_user/</c>.</summary>
public sealed class PreviewTests(OidcServer server) : IClassFixture<OidcServer>
{
    [Fact]
    public async Task Shows_the_claims_of_the_id_token_of_anybody()
    {
        var provider = await ProviderAsync("preview", "return {'department': request.user.attributes.get('department', 'none')}");

        var claims = (await PreviewAsync(server.Admin, provider, server.Person.Pk)).Json["preview"]!;

        (claims["name"]!.ToString(), claims["email"]!.ToString(), claims["department"]!.ToString()).ShouldBe(("Jane Smith", "jane@example.com", "none"));
        claims["aud"]!.ToString().ShouldBe("preview-client");
        (await server.Admin.CallAsync("GET", $"providers/oauth2/{provider}/preview_user/")).Json["preview"]!["preferred_username"]!.ToString().ShouldNotBe("jane");
    }

    [Fact]
    public async Task A_look_changes_nothing_even_where_a_mapping_would_or_fails()
    {
        var provider = await ProviderAsync("preview-writes", "ak_create_event('looked', message='x')\nreturn {'seen': 1 / 0}");
        var before = await EventsAsync();

        (await PreviewAsync(server.Admin, provider, server.Person.Pk)).Json["preview"]!["name"]!.ToString().ShouldBe("Jane Smith");
        using var anybody = server.Server.Program();
        (await anybody.GetStringAsync("/application/o/preview-writes/.well-known/openid-configuration", TestContext.Current.CancellationToken)).ShouldContain("claims_supported");

        (await EventsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Others_need_the_right_and_see_themselves_without_it()
    {
        var provider = await ProviderAsync("preview-rights", "return {}");
        using var viewer = await server.Server.WithRightsAsync("authentik_providers_oauth2.view_oauth2provider");
        using var previewer = await server.Server.WithRightsAsync("authentik_providers_oauth2.view_oauth2provider", "authentik_providers_oauth2.preview_user");
        using var nobody = await server.Server.WithRightsAsync();

        (await viewer.CallAsync("GET", $"providers/oauth2/{provider}/preview_user/")).Status.ShouldBe(HttpStatusCode.OK);
        (await PreviewAsync(viewer, provider, server.Person.Pk)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PreviewAsync(previewer, provider, server.Person.Pk)).Status.ShouldBe(HttpStatusCode.OK);
        (await PreviewAsync(nobody, provider, server.Person.Pk)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.Admin.CallAsync("GET", $"providers/oauth2/{provider}/preview_user/?for_user=x")).Json["for_user"]![0]!.ToString().ShouldBe("input must be numerical");
        (await PreviewAsync(server.Admin, provider, 999_999)).Json["for_user"]![0]!.ToString().ShouldBe("User not found");
    }

    /// <summary>A provider whose application is told one more thing.</summary>
    async Task<JsonNode> ProviderAsync(string slug, string expression)
    {
        var mapping = (await server.Admin.PostApiAsync("propertymappings/provider/scope/", new JsonObject { ["name"] = slug, ["scope_name"] = slug, ["expression"] = expression }.ToJsonString())).Json["pk"]!;
        var provider = await server.AddApplicationAsync(slug);
        var mappings = provider["property_mappings"]!.DeepClone().AsArray();
        mappings.Add(mapping.DeepClone());
        (await server.Admin.CallAsync("PATCH", $"providers/oauth2/{provider["pk"]}/", new JsonObject { ["property_mappings"] = mappings }.ToJsonString())).Status.ShouldBe(HttpStatusCode.OK);
        return provider["pk"]!;
    }

    static Task<Answer> PreviewAsync(HttpClient client, JsonNode provider, int user) => client.CallAsync("GET", $"providers/oauth2/{provider}/preview_user/?for_user={user}");

    Task<long> EventsAsync() => server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action IN ('configuration_error', 'custom_looked', 'property_mapping_exception')");
}
