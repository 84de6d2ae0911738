using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody asks why a person may do something, and what to change.</summary>
public sealed class ExplainTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 375)]
    public async Task Access_and_permissions_are_explained_down_to_the_group(string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        var ann = await server.AddUserAsync("ann");
        var staff = await server.AddGroupAsync("Staff");
        var team = await server.AddGroupAsync("Team", parent: staff, members: ann);
        var role = await server.AddRoleAsync("Readers", "authentik_core.view_group");
        await server.AddRoleAsync("Writers", "authentik_core.change_group");
        await server.Database.ExecuteAsync($$"""
            INSERT INTO group_role (group_pk, role_pk) VALUES ('{{staff}}', '{{role}}');
            INSERT INTO application (pk, name, slug, "group", meta_launch_url, open_in_new_tab, meta_icon, meta_description, meta_publisher, meta_hide, policy_engine_mode) VALUES
                ('00000000-0000-0000-0000-0000000000a1', 'Wiki', 'wiki', '', '/wiki/', false, '', '', '', false, 'any'), ('00000000-0000-0000-0000-0000000000a2', 'Vault', 'vault', '', '/v/', false, '', '', '', false, 'all');
            INSERT INTO policy_binding (pk, target, group_pk, negate, enabled, "order", timeout, failure_result) VALUES
                (gen_random_uuid(), '00000000-0000-0000-0000-0000000000a1', '{{staff}}', false, true, 0, 30, false), (gen_random_uuid(), '00000000-0000-0000-0000-0000000000a2', '{{staff}}', true, true, 0, 30, false),
                (gen_random_uuid(), '00000000-0000-0000-0000-0000000000a2', '{{team}}', true, true, 1, 30, false);
            """);
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);

        await page.GotoAsync($"/if/admin/directory/users/{ann.Pk}/?tab=applications");
        await page.GetByRole(AriaRole.Link, new() { Name = "Wiki", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main .way")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"ann\s+Team\s+Staff"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Take ann out of the group Team" })).ToBeVisibleAsync();
        await page.LooksRightAsync($"explain-application-{theme}");
        await page.GotoAsync("/if/admin/applications/applications/vault/access/?username=ann");
        await Assertions.Expect(page.GetByText("Take ann out of the group Team")).ToHaveCountAsync(1);

        await page.GotoAsync($"/if/admin/directory/users/{ann.Pk}/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Check permission" }).ClickAsync();
        await page.GetByLabel("Permission", new() { Exact = true }).SelectOptionAsync("authentik_core.view_group");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(page.GetByText("ann holds “Can view Group”")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main .way")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"ann\s+Team\s+Staff\s+role Readers"));
        await page.LooksRightAsync($"explain-permission-{theme}");
        await page.GetByLabel("Permission", new() { Exact = true }).SelectOptionAsync("authentik_core.change_group");
        await page.Locator("[name=object]").FillAsync(team.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(page.GetByText("ann does not hold “Can change Group”")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Assign the role Writers" })).ToBeVisibleAsync();
        await page.LooksRightAsync($"explain-permission-refused-{theme}");
        window.Faults.ShouldBeEmpty();
    }
}
