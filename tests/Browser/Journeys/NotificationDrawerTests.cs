using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Directory.Users;
using Postern.Notifications;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The bell and the drawer behind it, with and without scripts.</summary>
public sealed class NotificationDrawerTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Shows_marks_one_and_marks_all()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await TellAsync(server);

        await page.GotoAsync("/if/admin/directory/users/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Notifications, 3 unread" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByText("The harbour is closed").WaitForAsync();
        await page.TakeAsync("notifications");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Mark as read" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Notifications, 2 unread" }).WaitForAsync();
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Notifications", Exact = true }).WaitForAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/if/admin/directory/users/");
        (await page.GetByRole(AriaRole.Dialog).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Is_a_page_of_its_own_without_scripts_and_empty_at_first()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: 375, script: false);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/user/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Notifications", Exact = true }).ClickAsync();
        await page.GetByText("No notifications").WaitForAsync();
        await page.TakeAsync("notifications-empty");
        await TellAsync(server);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/if/user/");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM notification WHERE NOT seen")).ShouldBe(0);
    }

    static Task<int> TellAsync(TestServer server) => server.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PosternDb>();
        var now = server.Clock.GetUtcNow();
        var user = db.Set<User>().Single(u => u.Username == "akadmin").Pk;
        db.Add(new Notification { UserPk = user, Severity = Severity.Alert, Body = "configuration_error: The harbour is closed", Created = now.AddMinutes(-3) });
        db.Add(new Notification { UserPk = user, Severity = Severity.Warning, Body = "configuration_warning: averylongwordwithoutanyspacesthatmustnotwidenthedrawer_averylongword", Created = now.AddHours(-3) });
        db.Add(new Notification { UserPk = user, Body = "export_ready: Your export of users is ready", Hyperlink = "/if/admin/events/exports/", HyperlinkLabel = "Download", Created = now.AddDays(-2) });
        return await db.SaveChangesAsync();
    });
}
