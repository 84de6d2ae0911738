using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator adds applications; people find and open them.</summary>
[Trait("Guide", "applications")]
public sealed class ApplicationTests(BrowserFixture journey)
{
    const string Picture1 = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' rx='8' fill='%23e8590c'/%3E%3C/svg%3E";

    [Fact]
    public async Task Applications_are_added_checked_found_and_opened()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/user/");
        await page.TakeAsync("40-no-applications");
        await FillAsync(server);

        await page.GotoAsync("/if/user/");
        await page.TakeAsync("41-my-applications");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("metrics");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/if/user/?search=metrics");
        await Assertions.Expect(page.Locator(".app-tile")).ToHaveCountAsync(1);
        (await page.ViolationsAsync()).ShouldBeEmpty();

        await page.GotoAsync("/if/admin/applications/applications/");
        await page.TakeAsync("42-applications");
        await page.GetByRole(AriaRole.Link, new() { Name = "Grafana", Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/grafana/");
        await page.TakeAsync("43-application");
        await page.GetByRole(AriaRole.Link, new() { Name = "Check access" }).ClickAsync();
        await page.GetByLabel("Username or email").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(page.GetByText("akadmin may use Grafana")).ToBeVisibleAsync();
        await page.TakeAsync("44-access");

        await page.GotoAsync("/if/user/settings/");
        await page.TakeAsync("45-settings");
        await page.GotoAsync("/if/admin/system/certificates/");
        await page.TakeAsync("46-certificates");
        await page.GotoAsync("/if/admin/customization/property-mappings/");
        await page.TakeAsync("47-mappings");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_wizard_makes_an_application_with_its_provider_without_a_script()
    {
        await using var server = await TestServer.StartAsync();
        await using (var setup = await journey.OpenAsync(server))
            await SignIn.AsAdministratorAsync(setup.Page);
        await using var window = await journey.OpenAsync(server, script: false);
        var page = window.Page;
        await page.GotoAsync("/");
        await page.GetByLabel("Email or Username").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.Locator("[name=password]").FillAsync(SignIn.AdministratorPassword);
        await page.GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");
        await page.GotoAsync("/if/admin/applications/applications/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create with provider" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Team Wiki");
        await page.GetByLabel("Redirect URIs").FillAsync("javascript:alert(1)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create application" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not an address people can be sent to");
        await page.TakeAsync("48-wizard-refused");
        await page.GetByLabel("Redirect URIs").FillAsync("https://wiki.example.org/oauth/callback\nhttps://wiki.example.org/second");
        await page.TakeAsync("49-wizard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create application" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Application Team Wiki created.")).ToBeVisibleAsync();
        (await page.GetByLabel("Issuer").InputValueAsync()).ShouldEndWith("/application/o/team-wiki/");
        (await page.GetByLabel("Client secret", new() { Exact = true }).InputValueAsync()).Length.ShouldBe(128);
        await page.TakeAsync("50-provider");
        await page.GotoAsync("/if/admin/applications/providers/1/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Preview claims" }).ClickAsync();
        await page.GetByLabel("Username or email").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "preferred_username akadmin" })).ToBeVisibleAsync();
        await page.TakeAsync("50-claims");
        await EditAddressesAsync(page);
        await page.GotoAsync("/if/user/");
        (await page.GetByRole(AriaRole.Link, new() { Name = "Team Wiki", Exact = true }).GetAttributeAsync("href")).ShouldBe("https://wiki.example.org");
        // The refusal, which the browser reports.
        window.Faults.ShouldHaveSingleItem().ShouldContain("422");
    }

    /// <summary>One address goes, one of another kind comes.</summary>
    static async Task EditAddressesAsync(IPage page)
    {
        await page.GotoAsync("/if/admin/applications/providers/1/edit/");
        (await page.GetByLabel("Address, row 2").InputValueAsync()).ShouldBe("https://wiki.example.org/second");
        await page.GetByLabel("Address, row 2").FillAsync("");
        await page.GetByLabel("Address, row 4").FillAsync("https://wiki.example.org/bye");
        await page.GetByLabel("Used for, row 4").SelectOptionAsync("logout");
        await page.TakeAsync("51-redirect-addresses");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("OAuth2/OpenID Provider Provider for Team Wiki saved.")).ToBeVisibleAsync();
        await page.GotoAsync("/if/admin/applications/providers/1/edit/");
        (await page.GetByLabel("Address, row 1").InputValueAsync()).ShouldBe("https://wiki.example.org/oauth/callback");
        (await page.GetByLabel("Address, row 2").InputValueAsync()).ShouldBe("https://wiki.example.org/bye");
        (await page.GetByLabel("Used for, row 2").InputValueAsync()).ShouldBe("logout");
        (await page.GetByLabel("Address, row 3").InputValueAsync()).ShouldBe("");
    }

    static Task FillAsync(TestServer server) => server.Database.ExecuteAsync($$"""
        INSERT INTO application (pk, name, slug, "group", meta_launch_url, open_in_new_tab, meta_icon, meta_description, meta_publisher, meta_hide, policy_engine_mode) VALUES
            (gen_random_uuid(), 'Grafana', 'grafana', 'Operations', '/grafana/', false, '{{Picture1.Replace("'", "''", StringComparison.Ordinal)}}', 'Metrics and alerts of all services, with dashboards for every team', 'Platform team', false, 'any'),
            (gen_random_uuid(), 'Nextcloud', 'nextcloud', '', '/cloud/', true, '', 'Files and calendars', '', false, 'any'),
            (gen_random_uuid(), 'Wiki', 'wiki', '', '/wiki/', false, '', '', '', false, 'any'),
            (gen_random_uuid(), 'A service with quite a long name that needs two lines', 'long', 'Operations', '/long/', false, '', '', 'Somebody', false, 'any');
        INSERT INTO policy_binding (pk, target, group_pk, negate, enabled, "order", timeout, failure_result)
            SELECT gen_random_uuid(), a.pk, g.pk, false, true, 0, 30, false FROM application a, "group" g WHERE a.slug = 'grafana' AND g.name = 'authentik Admins';
        """);
}
