using System.Text;
using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody sees what a blueprint would change before it does, and how far the installation has drifted from one.</summary>
[Trait("Guide", "blueprints")]
public sealed class PlanTests(BrowserFixture fixture)
{
    const string Yaml =
        """
        version: 1
        entries:
          - model: authentik_core.group
            identifiers: {name: Crew}
            attrs: {attributes: {floor: 2}}
          - model: authentik_core.group
            identifiers: {name: Old}
            state: absent
          - model: authentik_core.user
            identifiers: {username: akadmin}
            attrs: {name: The Captain, password: a new long secret}
        """;

    [Theory]
    [InlineData(true, "light", 1440)]
    [InlineData(false, "dark", 375)]
    public async Task The_plan_comes_before_the_import(bool script, string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await server.AddGroupAsync("Old");
        await page.GotoAsync("/if/admin/customization/blueprints/import/");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "crew.yaml", MimeType = "application/yaml", Buffer = Encoding.UTF8.GetBytes(Yaml) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the plan" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing was changed.", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main ins").Filter(new() { HasText = "The Captain" })).ToBeVisibleAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("a new long secret");
        await page.LooksRightAsync($"plan-import-{theme}", script);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"group\" WHERE name = 'Crew'")).ShouldBe(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Imported.")).ToBeVisibleAsync();
        await page.LooksRightAsync($"plan-imported-{theme}", script);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"group\" WHERE name IN ('Crew', 'Old')")).ShouldBe(1);
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_changed_by_hand_is_shown_and_put_right()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        var pk = await server.Database.ScalarAsync<Guid>("SELECT pk FROM blueprint_instance WHERE path = 'default/flow-default-invalidation-flow.yaml' OR path LIKE '%invalidation%' ORDER BY path LIMIT 1");
        await page.GotoAsync($"/if/admin/customization/blueprints/{pk}/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Everything is as the blueprint says")).ToBeVisibleAsync();
        await page.TakeAsync("plan-clean");

        await server.Database.ExecuteAsync("UPDATE flow SET title = 'Changed by hand' WHERE designation = 'invalidation'");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("what differs was changed since", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main del").Filter(new() { HasText = "Changed by hand" })).ToBeVisibleAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
        await page.TakeAsync("plan-drift");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Applied.")).ToBeVisibleAsync();
        (await page.ViolationsAsync()).ShouldBeEmpty();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM flow WHERE title = 'Changed by hand' AND slug = 'default-invalidation-flow'")).ShouldBe(0);
        window.Faults.ShouldBeEmpty();
    }
}
