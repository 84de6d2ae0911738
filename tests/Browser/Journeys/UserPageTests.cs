using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator looks after accounts: makes them, moves them, locks them, lets people back in, acts as them.</summary>
public sealed class UserPageTests(BrowserFixture journey)
{
    [Fact]
    public async Task Every_tab_opens_and_actions_do_what_they_say()
    {
        await using var server = await TestServer.StartAsync();
        var jane = await server.AddUserAsync("jane", u => u.Attributes["department"] = "Engineering");
        await server.AddGroupAsync("staff");
        await server.AddRoleAsync("helpdesk", "authentik_core.view_user");
        await server.AddSessionAsync(jane);
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        var url = $"/if/admin/directory/users/{jane.Pk}/";
        foreach (var tab in new[] { "", "?tab=sessions", "?tab=groups", "?tab=roles", "?tab=user-events", "?tab=permissions" })
        {
            await page.GotoAsync(url + tab);
            (await page.ViolationsAsync()).ShouldBeEmpty(tab);
            await page.TakeAsync($"user-page-{tab.Replace("?tab=", "", StringComparison.Ordinal)}");
        }

        await page.GotoAsync(url + "?tab=groups");
        await page.GetByLabel("Add to a group").SelectOptionAsync("staff");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "staff", Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(url + "?tab=roles");
        await page.GetByLabel("Assign a role").SelectOptionAsync("helpdesk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "helpdesk" }).First).ToBeVisibleAsync();
        await page.GotoAsync(url + "?tab=permissions");
        await page.TakeAsync("user-permissions");
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("helpdesk");
        await page.GetByLabel("Permission", new() { Exact = true }).SelectOptionAsync("Reset Password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Reset Password" })).ToBeVisibleAsync();

        await AskAsync(page, url, "Move to folder", "Move", () => page.GetByLabel("Folder").FillAsync("users/berlin"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "users/berlin" })).ToBeVisibleAsync();
        await AskAsync(page, url, "Set password", "Set password", () => page.GetByLabel("New password", new() { Exact = true }).FillAsync("a new pass phrase"));
        await AskAsync(page, url, "Deactivate", "Deactivate", () => Task.CompletedTask);
        await Assertions.Expect(page.GetByText("Inactive", new() { Exact = true })).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {jane.Pk}")).ShouldBe(0);
        await AskAsync(page, url, "Activate", "Activate", () => Task.CompletedTask);
        await Assertions.Expect(page.GetByText("Active", new() { Exact = true })).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Acting_as_a_user_shows_on_every_page_and_ends_with_one_press()
    {
        await using var server = await TestServer.StartAsync();
        var jane = await server.AddUserAsync("jane");
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await AskAsync(page, $"/if/admin/directory/users/{jane.Pk}/", "Impersonate", "Impersonate", () => page.GetByLabel("Reason").FillAsync("ticket 12"));
        await page.WaitForURLAsync("**/if/user/");
        await Assertions.Expect(page.GetByText("You are acting as")).ToContainTextAsync("jane");
        await page.TakeAsync("impersonating");
        await page.GetByRole(AriaRole.Link, new() { Name = "Stop impersonation" }).ClickAsync();
        await page.WaitForURLAsync(new Regex($"/if/admin/directory/users/{jane.Pk}/"));
        (await page.GetByText("You are acting as").CountAsync()).ShouldBe(0);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_that_somebody_else_got_into_is_locked()
    {
        await using var server = await TestServer.StartAsync();
        var jane = await server.AddUserAsync("jane");
        await server.AddSessionAsync(jane);
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await Example.ImportAsync(page, "flow-default-account-lockdown.yaml");
        await server.Database.ExecuteAsync("UPDATE brand SET flow_lockdown = (SELECT pk FROM flow WHERE slug = 'default-account-lockdown')");

        await page.GotoAsync($"/if/admin/directory/users/{jane.Pk}/");
        await page.TakeAsync("user-page-lockable");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock account" }).ClickAsync();
        await page.WaitForURLAsync("**/if/flow/default-account-lockdown/**");
        await page.TakeAsync("lock-somebody");
        (await server.Database.ScalarAsync<bool>($"SELECT is_active FROM \"user\" WHERE pk = {jane.Pk}")).ShouldBeTrue();
        await page.Locator("[name=lockdown_reason]").FillAsync("Somebody else was in it");
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByText("is locked").First).ToBeVisibleAsync();
        await page.TakeAsync("somebody-locked");

        (await server.Database.ScalarAsync<bool>($"SELECT is_active FROM \"user\" WHERE pk = {jane.Pk}")).ShouldBeFalse();
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {jane.Pk}")).ShouldBe(0);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_accounts_password_is_shown_once()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/directory/users/");
        await page.TakeAsync("user-list");
        await page.GetByRole(AriaRole.Link, new() { Name = "New service account" }).ClickAsync();
        await page.GetByLabel("Username").FillAsync("backup-robot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        var secret = await page.GetByLabel("Password", new() { Exact = true }).InputValueAsync();
        secret.Length.ShouldBe(60);
        await page.TakeAsync("service-account-secret");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM token WHERE key_hash = sha256('{secret}') AND intent = 'app_password'")).ShouldBe(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "backup-robot" })).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }

    static async Task AskAsync(IPage page, string url, string action, string button, Func<Task> fill)
    {
        await page.GotoAsync(url);
        await page.GetByRole(AriaRole.Link, new() { Name = action, Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.TakeAsync($"dialog-{action.ToLowerInvariant().Replace(' ', '-')}");
        await fill();
        await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }
}
