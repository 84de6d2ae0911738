using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Brands;

/// <summary><c>/core/brands/</c>, and which of them a host gets.</summary>
public sealed class BrandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "core/brands/";
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("shop.example.com", "shop.example.com")]
    [InlineData("SHOP.Example.Com", "shop.example.com")]
    [InlineData("a.shop.example.com", "shop.example.com")]
    [InlineData("other.example.com", "example.com")]
    [InlineData("notexample.com", "authentik-default")]
    public async Task A_host_gets_the_longest_domain_that_it_is_or_lies_below(string host, string domain)
    {
        using var admin = await server.SuperuserAsync();
        foreach (var name in new[] { "example.com", "shop.example.com" })
            await admin.PostApiAsync(Path, $$"""{"domain":"{{name}}","branding_title":"Title of {{name}}"}""");
        (await CurrentAsync(server, host))["matched_domain"]!.ToString().ShouldBe(domain);
    }

    [Fact]
    public async Task The_current_one_is_told_to_everybody_with_the_flows_that_are_set()
    {
        await using var own = await TestServer.StartAsync();
        using var admin = await own.SuperuserAsync();
        await admin.CallAsync("PATCH", "admin/settings/", """{"footer_links":[{"name":"Imprint","href":"https://example.org/imprint"}]}""");
        var flow = (await admin.GetApiAsync("flows/instances/default-authentication-flow/")).Json["pk"]!.ToString();
        await admin.PostApiAsync(Path, $$"""{"domain":"own.example.org","branding_title":"Own","branding_custom_css":"a{}","flow_authentication":"{{flow}}"}""");
        var current = await CurrentAsync(own, "own.example.org");
        current.Select(m => m.Key).ShouldBe(
            [
                "matched_domain", "branding_title", "branding_logo", "branding_logo_themed_urls", "branding_favicon", "branding_favicon_themed_urls", "branding_custom_css", "branding_map_tiles",
                "ui_footer_links", "ui_theme", "default_locale", "flags", "flow_authentication",
            ],
            ignoreOrder: true);
        current["branding_title"]!.ToString().ShouldBe("Own");
        current["flow_authentication"]!.ToString().ShouldBe("default-authentication-flow");
        current["ui_footer_links"]!.ToJsonString().ShouldBe("""[{"href":"https://example.org/imprint","name":"Imprint"}]""");

        await own.Database.ExecuteAsync("DELETE FROM brand");
        (await CurrentAsync(own, "nowhere.example.org"))["matched_domain"]!.ToString().ShouldBe("fallback");
    }

    [Fact]
    public async Task Domains_differ_and_one_is_the_default()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync(Path, """{"domain":"second.example.org","default":true}""")).ToString().ShouldBe("""400 {"default":["Only a single brand can be set as default."]}""");
        (await admin.PostApiAsync(Path, """{"domain":"authentik-default"}""")).ToString().ShouldBe("""400 {"domain":["This field must be unique."]}""");
        var made = await admin.PostApiAsync(Path, """{"domain":"plain.example.org"}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        made.Member("branding_logo").ShouldBe("\"/static/dist/assets/icons/icon_left_brand.svg\"");
        made.Member("branding_default_flow_background").ShouldBe("\"/static/dist/assets/images/flow_background.jpg\"");
        made.Member("attributes").ShouldBe("{}");
        (await server.Database.ScalarAsync<string>("SELECT string_agg(context->'model'->>'name', ' ') FROM event WHERE action = 'model_created' AND context->'model'->>'name' LIKE '%plain.example.org'")).ShouldBe("Brand plain.example.org");
    }

    [Fact]
    public async Task A_flow_that_goes_leaves_its_brands_without_one()
    {
        using var admin = await server.SuperuserAsync();
        var flow = (await admin.PostApiAsync("flows/instances/", """{"name":"leaving","slug":"leaving","title":"x","designation":"recovery"}""")).Json["pk"]!.ToString();
        var brand = (await admin.PostApiAsync(Path, $$"""{"domain":"leaving.example.org","flow_recovery":"{{flow}}"}""")).Json["brand_uuid"]!.ToString();
        var use = (await admin.GetApiAsync("flows/instances/leaving/used_by/")).Json.AsArray().ShouldHaveSingleItem()!;
        use.ToJsonString().ShouldBe($$"""{"app":"authentik_brands","model_name":"brand","pk":"{{brand}}","name":"Brand leaving.example.org","action":"set_null"}""");
        (await admin.CallAsync("DELETE", "flows/instances/leaving/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"{Path}{brand}/")).Member("flow_recovery").ShouldBe("null");
    }

    static async Task<JsonObject> CurrentAsync(TestServer server, string host)
    {
        using var nobody = server.Program();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/core/brands/current/") { Headers = { Host = host } };
        using var answer = await nobody.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}
