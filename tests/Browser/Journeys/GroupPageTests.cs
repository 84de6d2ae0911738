using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator looks at groups and roles: who is in them, and what they may do.</summary>
public sealed class GroupPageTests(BrowserFixture journey)
{
    [Fact]
    public async Task Members_leave_and_rights_are_listed()
    {
        await using var server = await TestServer.StartAsync();
        var jane = await server.AddUserAsync("jane");
        var staff = await server.AddGroupAsync("staff", members: jane);
        var helpdesk = await server.AddRoleAsync("helpdesk", "authentik_core.reset_user_password", $"authentik_core.view_user:{jane.Pk}");
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) VALUES ({jane.Pk}, '{helpdesk}')");
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        foreach (var url in new[] { $"groups/{staff}/", $"groups/{staff}/?tab=users", $"groups/{staff}/?tab=permissions", $"roles/{helpdesk}/", $"roles/{helpdesk}/?tab=users", $"roles/{helpdesk}/?tab=assigned-permissions", $"roles/{helpdesk}/?tab=permissions" })
        {
            await page.GotoAsync($"/if/admin/directory/{url}");
            (await page.ViolationsAsync()).ShouldBeEmpty(url);
        }
        await page.GotoAsync($"/if/admin/directory/roles/{helpdesk}/?tab=assigned-permissions");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Reset Password" })).ToBeVisibleAsync();
        foreach (var url in new[] { $"groups/{staff}", $"roles/{helpdesk}" })
        {
            await page.GotoAsync($"/if/admin/directory/{url}/?tab=users");
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove jane" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove jane" })).ToBeHiddenAsync();
        }
        (await server.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM user_role WHERE role_pk = '" + helpdesk + "') + (SELECT count(*) FROM user_group WHERE group_pk = '" + staff + "')")).ShouldBe(0);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mistake_in_a_query_is_shown_with_its_place()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("jane");
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync($"/if/admin/directory/users/?search={Uri.EscapeDataString("usrname = \"jane\"")}");
        await Assertions.Expect(page.GetByText("Unknown field: usrname")).ToContainTextAsync("line 1, column 1");
        (await page.ViolationsAsync()).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Link, new() { Name = "Search as plain text" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Unknown field: usrname")).ToBeHiddenAsync();
        await page.GotoAsync($"/if/admin/directory/users/?search={Uri.EscapeDataString("username = \"jane\"")}");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "jane" }).First).ToBeVisibleAsync();
        (await page.GetByRole(AriaRole.Link, new() { Name = "akadmin" }).CountAsync()).ShouldBe(0);
    }
}
