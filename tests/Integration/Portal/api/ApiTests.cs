using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Licensing;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal.api;

public sealed partial class ApiTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    static readonly Guid Install = Guid.Parse("11111111-2222-4333-8444-555555555555");

    [Fact]
    public async Task A_program_lists_licenses_fetches_the_key_and_reports_usage()
    {
        using var owner = await fixture.Portal.VisitorAsync("api@example.org");
        var page = await owner.CreateOrganizationAsync("Automation");
        await Buying.BuyAsync(owner, page, Install, "Production");
        using var program = Program(await TokenAsync(owner, page, "license:read", "usage:write"));

        var list = await JsonAsync(await program.GetAsync(new Uri("/api/v1/licenses", UriKind.Relative)));
        list["has_more"]!.GetValue<bool>().ShouldBeFalse();
        var license = list["data"]!.AsArray().ShouldHaveSingleItem()!;
        (license["name"]!.ToString(), license["status"]!.ToString(), license["internal_users"]!.GetValue<int>()).ShouldBe(("Production", "active", 10));

        var key = await JsonAsync(await program.GetAsync(new Uri($"/api/v1/licenses/{license["id"]}/key", UriKind.Relative)));
        new LicenseVerifier(TrustedRoots.All).Verify(key["key"]!.ToString(), Install).Value.InternalUsers.ShouldBe(10);
        (await owner.GetAsync($"{page}/audit")).Text.ShouldContain("revision 1, fetched");

        using var report = Json($$"""{"install_id": "{{Install}}", "internal_users": 8, "external_users": 3, "version": "2026.8"}""");
        (await program.PostAsync(new Uri("/api/v1/usage", UriKind.Relative), report)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var wrong = Json($$"""{"install_id": "{{Guid.NewGuid()}}", "internal_users": 8, "external_users": 3}""");
        var refused = await program.PostAsync(new Uri("/api/v1/usage", UriKind.Relative), wrong);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await JsonAsync(refused))["error"]!["param"]!.ToString().ShouldBe("install_id");

        (await owner.GetAsync(page)).Text.ShouldContain("8 of 10");
        (await owner.GetAsync($"{page}/licenses/{license["id"]}")).Text.ShouldContain("8 internal and 3 external users.");
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(1));
        using var later = Json($$"""{"install_id": "{{Install}}", "internal_users": 11, "external_users": 3}""");
        await program.PostAsync(new Uri("/api/v1/usage", UriKind.Relative), later);
        using var again = await fixture.Portal.VisitorAsync("api@example.org");
        (await again.GetAsync($"{page}/licenses/{license["id"]}")).Text.ShouldContain("Reported users over time");
        using var staff = await fixture.Portal.VisitorAsync("usage@example.org", isSupport: true);
        var seen = (await staff.GetAsync($"/admin/organizations/{page.Split('/')[^1]}")).Text;
        seen.ShouldContain("11 of 10");
        seen.ShouldContain("Over the license");
    }

    [Fact]
    public async Task Tokens_end_and_do_only_what_they_may()
    {
        using var owner = await fixture.Portal.VisitorAsync("scopes@example.org");
        var page = await owner.CreateOrganizationAsync("Scopes");
        using var reporter = Program(await TokenAsync(owner, page, "usage:write"));
        (await reporter.GetAsync(new Uri("/api/v1/licenses", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var token = await TokenAsync(owner, page, "license:read");
        using var reader = Program(token);
        (await reader.GetAsync(new Uri("/api/v1/licenses", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await fixture.Portal.Database.ScalarAsync<long>($"SELECT count(*) FROM api_token WHERE encode(token_hash, 'escape') LIKE '%{token[4..20]}%'")).ShouldBe(0);

        foreach (Match revoke in Revoke().Matches((await owner.GetAsync($"{page}/tokens")).Text))
            (await owner.PostAsync(revoke.Value)).Location.ShouldBe($"{page}/tokens");

        (await reader.GetAsync(new Uri("/api/v1/licenses", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await owner.PostAsync($"{page}/tokens", ("name", ""), ("days", "1000"))).Text.ShouldContain("A token lives from 1 to 366 days.");
    }

    [Fact]
    public async Task The_document_names_every_door_of_the_api()
    {
        using var program = Program("");

        var document = await JsonAsync(await program.GetAsync(new Uri("/api/v1/openapi.json", UriKind.Relative)));

        document["paths"]!.AsObject().Select(p => p.Key).ShouldBe(["/api/v1/licenses", "/api/v1/licenses/{license}", "/api/v1/licenses/{license}/key", "/api/v1/usage"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_document_describes_what_is_answered()
    {
        using var owner = await fixture.Portal.VisitorAsync("described@example.org");
        var page = await owner.CreateOrganizationAsync("Described");
        await Buying.BuyAsync(owner, page, Install, "Described");
        using var program = Program(await TokenAsync(owner, page, "license:read"));
        var document = await JsonAsync(await program.GetAsync(new Uri("/api/v1/openapi.json", UriKind.Relative)));
        var schemas = document["components"]!["schemas"]!;
        List<string> Members(string schema) => [.. schemas[schema]!["properties"]!.AsObject().Select(p => p.Key)];

        var list = await JsonAsync(await program.GetAsync(new Uri("/api/v1/licenses", UriKind.Relative)));
        var license = list["data"]![0]!.AsObject();
        var key = await JsonAsync(await program.GetAsync(new Uri($"/api/v1/licenses/{license["id"]}/key", UriKind.Relative)));
        var error = await JsonAsync(await program.GetAsync(new Uri($"/api/v1/licenses/{Guid.NewGuid()}", UriKind.Relative)));

        Members("LicensePageResponse").ShouldBe(list.AsObject().Select(p => p.Key));
        Members("LicenseResponse").ShouldBe(license.Select(p => p.Key));
        Members("KeyResponse").ShouldBe(key.AsObject().Select(p => p.Key));
        Members("ApiError").ShouldBe(error["error"]!.AsObject().Select(p => p.Key));
        Members("UsageRequest").ShouldBe(["install_id", "internal_users", "external_users", "version"]);
        foreach (var operation in document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Where(o => o.Key is "get" or "post"))
        {
            operation.Value!["security"]![0]!["token"].ShouldNotBeNull();
            operation.Value["responses"]!["401"].ShouldNotBeNull();
        }
        document["components"]!["securitySchemes"]!["token"]!["scheme"]!.ToString().ShouldBe("bearer");
    }

    static async Task<string> TokenAsync(PortalVisitor owner, string page, params string[] scopes)
    {
        var made = await owner.PostAsync($"{page}/tokens", [("name", string.Join(' ', scopes)), ("days", "30"), .. scopes.Select(s => ("scopes", s))]);
        return Token().Match(made.Text).Value;
    }

    HttpClient Program(string token)
    {
        var client = new HttpClient { BaseAddress = fixture.Portal.Address };
        if (token.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    [GeneratedRegex("ppt_[A-Za-z0-9]{48}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("/organizations/[^\"]+/revoke", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Revoke();
}
