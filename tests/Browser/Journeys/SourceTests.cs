using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Api;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator offers another provider, and people sign in with what they have there, connect it and end that.</summary>
[Trait("Guide", "sources")]
public sealed class SourceTests(BrowserFixture journey)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_signs_in_with_an_account_elsewhere(bool script)
    {
        var elsewhere = new OidcServer();
        await elsewhere.InitializeAsync();
        await using var provider = elsewhere;
        await using var server = await TestServer.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES"] = "true" },
            services => services.AddSingleton<IRequestStep>(new TestDoor("/test/in", OidcServer.SignInAsync)));
        // Another host, so that the browser keeps the cookies of the two apart.
        var there = $"http://localhost:{elsewhere.Server.Address.Port}";
        var client = await elsewhere.AddApplicationAsync("harbour", more: new JsonObject { ["redirect_uris"] = new JsonArray(OidcServer.Redirect($"{server.Address}source/oauth/callback/harbour/")) });
        await using var office = await journey.OpenAsync(server, script: script);
        await SignIn.AsAdministratorAsync(office.Page);
        await AddSourceAsync(server, office.Page, client, there, script);
        await OfferAsync(server);

        await using var window = await journey.OpenAsync(server, script: script);
        var page = window.Page;
        await page.GotoAsync($"{there}/test/in?user={elsewhere.Person.Pk}");
        await page.GotoAsync("/flows/-/default/authentication/?next=%2Fif%2Fuser%2Fsettings%2Fsources%2F");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Harbour" })).ToBeVisibleAsync();
        await page.LooksRightAsync("70-sources-sign-in", script, picture: script);
        await page.GetByRole(AriaRole.Link, new() { Name = "Harbour" }).ClickAsync();

        await page.WaitForURLAsync("**/if/user/settings/sources/");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Your connected accounts: table" })).ToContainTextAsync("Harbour");
        await page.LooksRightAsync("71-sources-connected", script, picture: script);
        await page.GetByRole(AriaRole.Link, new() { Name = "Disconnect Harbour" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No account is connected")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Connect Harbour", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("jane@example.com")).ToBeVisibleAsync();
        await page.LooksRightAsync("72-sources-confirm", script, picture: script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/settings/sources/");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Your connected accounts: table" })).ToContainTextAsync("Harbour");

        await page.GotoAsync("/source/oauth/callback/harbour/?code=c&state=guessed");
        await Assertions.Expect(page.GetByText("was not begun in this browser")).ToBeVisibleAsync();
        await page.LooksRightAsync("73-sources-refused", script, picture: script);
        window.Faults.Where(f => !f.StartsWith($"request to another host: {there}", StringComparison.Ordinal) && !f.Contains("403", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    static async Task AddSourceAsync(TestServer server, IPage page, JsonObject client, string there, bool script)
    {
        await page.GotoAsync("/if/admin/directory/sources/");
        await page.LooksRightAsync("74-sources-empty", script, picture: script);
        await page.GotoAsync("/if/admin/directory/sources/new/?type=authentik_sources_oauth.oauthsource");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Harbour");
        await page.GetByLabel("Slug", new() { Exact = true }).FillAsync("harbour");
        await page.Locator("[name=authentication_flow]").SelectOptionAsync(await FlowAsync(server, "default-source-authentication"));
        await page.Locator("[name=enrollment_flow]").SelectOptionAsync(await FlowAsync(server, "default-source-enrollment"));
        await page.Locator("[name=provider_type]").FillAsync("openidconnect");
        await page.GetByLabel("Client ID", new() { Exact = true }).FillAsync(client["client_id"]!.ToString());
        await page.Locator("[name=consumer_secret]").FillAsync(client["client_secret"]!.ToString());
        await page.Locator("[name=oidc_well_known_url]").FillAsync($"{there}/application/o/harbour/.well-known/openid-configuration");
        await page.LooksRightAsync("75-sources-form", script, picture: script);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(page.GetByText("/source/oauth/callback/harbour/")).ToBeVisibleAsync();
        await page.LooksRightAsync("76-sources-page", script, picture: script);
    }

    static async Task<string> FlowAsync(TestServer server, string slug) => (await server.Database.ScalarAsync<Guid>($"SELECT pk FROM flow WHERE slug = '{slug}'")).ToString();

    static Task OfferAsync(TestServer server) => server.Database.ExecuteAsync(
        "UPDATE stage SET config = jsonb_set(config, '{sources}', (SELECT jsonb_agg(pk) FROM source)) WHERE name = 'default-authentication-identification'");
}
