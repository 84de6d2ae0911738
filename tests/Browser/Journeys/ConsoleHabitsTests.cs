using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>What administrators come back to: kept views, whole folders, who may use what, schedules, the look of a brand.</summary>
public sealed class ConsoleHabitsTests(BrowserFixture journey)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_is_kept_found_again_and_deleted_by_keyboard()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("jane", u => u.IsActive = false);
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/directory/users/?search=is_active+%3D+False&ordering=-username");
        await PressAsync(page, page.GetByLabel("Views", new() { Exact = true }).First);
        await LookAsync(page, "views-menu");
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Save this view" }));
        await page.GetByLabel("Name", new() { Exact = true }).WaitForAsync();
        await LookAsync(page, "views-save");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Leavers");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("View Leavers is saved.")).ToBeVisibleAsync();

        await page.GotoAsync("/if/admin/directory/users/");
        await PressAsync(page, page.GetByLabel("Views", new() { Exact = true }).First);
        await PressAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Leavers" }));
        await page.WaitForURLAsync("**search=is_active**");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "jane" }).First).ToBeVisibleAsync();
        await PressAsync(page, page.GetByLabel("Views", new() { Exact = true }).First);
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Delete view Leavers" }));
        await Assertions.Expect(page.GetByText("View Leavers is deleted.")).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_moves_with_all_below_it()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("ann", u => u.Path = "school/north");
        await server.AddUserAsync("bob", u => u.Path = "school/north/a");
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/directory/users/?folder=school%2Fnorth");
        await LookAsync(page, "folder-chosen");
        await page.GetByRole(AriaRole.Link, new() { Name = "Move this folder" }).ClickAsync();
        await page.GetByLabel("New path").FillAsync("archive/north");
        await LookAsync(page, "folder-move");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/directory/batches/**");
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
        await Assertions.Expect(page.GetByText("2 of 2")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        (await server.Database.ScalarAsync<string>("SELECT string_agg(path, ' ' ORDER BY path) FROM \"user\" WHERE username IN ('ann', 'bob')")).ShouldBe("archive/north archive/north/a");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Applications_of_a_user_schedules_and_a_brand_are_looked_at()
    {
        await using var server = await TestServer.StartAsync();
        var jane = await server.AddUserAsync("jane");
        await server.Database.ExecuteAsync("INSERT INTO application SELECT gen_random_uuid(), 'Wiki', 'wiki', '', NULL, 'https://wiki.example.org', false, '', '', '', false, 'any'");
        await server.Services.GetRequiredService<JobRunner>().PlantSchedulesAsync(Cancellation);
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync($"/if/admin/directory/users/{jane.Pk}/?tab=applications");
        await Assertions.Expect(page.GetByText("Nothing is bound to it, so everybody may use it.")).ToBeVisibleAsync();
        await LookAsync(page, "user-applications");

        await page.GotoAsync("/if/admin/system/jobs/");
        await LookAsync(page, "jobs-schedules");
        await PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Pause: directory.folders" }));
        await Assertions.Expect(page.GetByText("The schedule is paused.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume: directory.folders" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The schedule goes on.")).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<bool>("SELECT paused FROM job WHERE kind = 'directory.folders'")).ShouldBeFalse();

        await server.Database.ExecuteAsync("UPDATE brand SET branding_title = 'Harbour', branding_custom_css = '.flow-card { border-top: 6px solid #0a7d55 }' WHERE \"default\"");
        var brand = await server.Database.ScalarAsync<Guid>("SELECT pk FROM brand WHERE \"default\"");
        await page.GotoAsync($"/if/admin/system/brands/{brand}/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Preview of the sign-in page")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".flow-card")).ToHaveCSSAsync("border-top-width", "6px", new() { Timeout = 15_000 });
        await LookAsync(page, "brand-preview");
        window.Faults.ShouldBeEmpty();
    }

    static async Task PressAsync(IPage page, ILocator control)
    {
        await control.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    static async Task LookAsync(IPage page, string name)
    {
        await page.TakeAsync(name);
        (await page.ViolationsAsync()).ShouldBeEmpty(name);
    }
}
