using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The event log: narrow it, open an event, see what changed.</summary>
[Trait("Guide", "events")]
public sealed class EventLogTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Finds_a_change_and_shows_before_and_after()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        var root = await server.SuperuserAsync();
        var grete = await server.AddUserAsync("grete");
        (await root.CallAsync("PATCH", $"core/users/{grete.Pk}/", """{"name": "Grete Minde", "attributes": {"desk": {"floor": 3}}}""")).Status.ShouldBe(System.Net.HttpStatusCode.OK);

        await page.GotoAsync("/if/admin/events/log/");
        await page.GetByText("Filters").ClickAsync();
        await page.GetByLabel("Action").SelectOptionAsync("model_updated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await page.WaitForURLAsync("**actions=model_updated**");
        await page.TakeAsync("event-log");
        await page.Locator("td a.row-main").First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "What changed" }).WaitForAsync();
        await page.Locator("ins").GetByText("Grete Minde").WaitForAsync();
        await page.Locator("del").GetByText("grete", new() { Exact = true }).WaitForAsync();
        await page.TakeAsync("event");
        await page.GetByRole(AriaRole.Link, new() { Name = "All events about it" }).ClickAsync();
        await page.GetByText($"Events about the object {grete.Pk}.").WaitForAsync();
        (await page.Locator("td a.row-main").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Acting_and_affected_user_both_find_it_and_an_empty_log_says_so()
    {
        await using var server = await TestServer.StartAsync();
        var root = await server.SuperuserAsync();
        var actor = JsonNode.Parse((await root.GetApiAsync("core/users/me/")).Text)!["user"]!["pk"]!.ToString();
        var hanna = await server.AddUserAsync("hanna");
        await root.CallAsync("PATCH", $"core/users/{hanna.Pk}/", """{"name": "H"}""");
        foreach (var person in new[] { actor, hanna.Pk.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            (await root.GetApiAsync($"events/events/?person={person}&actions=model_updated")).Each("action").ShouldBe(["\"model_updated\""]);
        (await root.GetApiAsync($"events/events/?created__gt={Uri.EscapeDataString(server.Clock.GetUtcNow().AddHours(1).ToString("O"))}")).Each("pk").ShouldBeEmpty();
        (await root.GetApiAsync("events/events/?created__lt=yesterday")).Json["created__lt"].ShouldNotBeNull();
        (await root.GetApiAsync("events/events/?app=authentik_core&actions=model_updated")).Each("app").ShouldAllBe(a => a == "\"authentik_core\"");
    }
}
