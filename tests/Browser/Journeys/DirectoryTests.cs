using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator exports, imports and changes many users, empties folders and brings people back.</summary>
[Trait("Guide", "directory")]
public sealed class DirectoryTests(BrowserFixture journey)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_users_are_imported_moved_deleted_and_restored()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);

        await page.GotoAsync("/if/admin/directory/users/import/");
        await LookAsync(page, "users-import");
        await page.GetByLabel("CSV file").SetInputFilesAsync(Csv("username,path\nann,school\nann,school\nbob,school/north\n"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await WorkAsync(server);
        await Assertions.Expect(page.GetByText("This is what an import would refuse")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(page.GetByText("Line 2 has this username already.")).ToBeVisibleAsync();
        await LookAsync(page, "users-import-report");

        await page.GotoAsync("/if/admin/directory/users/import/");
        await page.GetByLabel("CSV file").SetInputFilesAsync(Csv("username,path\nann,school\nbob,school/north\ncat,school/south\n"));
        await page.GetByLabel("Only check the file").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await WorkAsync(server);
        await Assertions.Expect(page.GetByText("3 of 3")).ToBeVisibleAsync(new() { Timeout = 15_000 });

        await page.GotoAsync("/if/admin/directory/users/?folder=school");
        await LookAsync(page, "users-folder");
        foreach (var name in new[] { "bob", "cat" })
            await page.GetByLabel($"Select {name}").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move to folder" }).ClickAsync();
        await page.GetByLabel("Folder", new() { Exact = true }).FillAsync("moved");
        await LookAsync(page, "users-bulk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/directory/batches/**");
        await WorkAsync(server);
        await Assertions.Expect(page.GetByText("2 of 2")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await LookAsync(page, "users-batch");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE path = 'moved'")).ShouldBe(2);

        var bob = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'bob'");
        await page.GotoAsync($"/if/admin/directory/users/{bob}/delete/");
        await LookAsync(page, "users-delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("User bob is in the recycle bin.")).ToBeVisibleAsync();
        await page.GotoAsync("/if/admin/directory/bin/");
        await LookAsync(page, "users-bin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore bob" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The recycle bin is empty")).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<bool>($"SELECT is_active FROM \"user\" WHERE pk = {bob}")).ShouldBeTrue();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_is_completed_by_keyboard_exported_and_downloaded()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddUserAsync("jane", u => u.IsActive = false);
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/directory/users/");
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Search users" });
        await box.FocusAsync();
        await page.Keyboard.TypeAsync("is_ac");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "is_active" })).ToBeVisibleAsync();
        await LookAsync(page, "users-query");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        foreach (var key in new[] { "ArrowDown", "Enter", "ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter" })
            await page.Keyboard.PressAsync(key);
        await Assertions.Expect(box).ToHaveValueAsync("is_active = False ");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**search=is_active**");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "akadmin" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "jane" }).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Export", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("is_active = False")).ToBeVisibleAsync();
        await LookAsync(page, "export-ask");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start Export" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Successfully requested data export")).ToBeVisibleAsync();
        await WorkAsync(server);
        await page.ReloadAsync();
        await LookAsync(page, "exports");
        await page.GetByLabel("Actions for").First.ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).First.ClickAsync());
        (await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation)).ShouldContain(",jane,");
        window.Faults.ShouldBeEmpty();
    }

    static FilePayload Csv(string text) => new() { Name = "users.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };

    static async Task LookAsync(IPage page, string name)
    {
        await page.TakeAsync(name);
        (await page.ViolationsAsync()).ShouldBeEmpty(name);
    }

    static async Task WorkAsync(TestServer server) => await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
