using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody looks at a flow, moves its stages, and simulates it.</summary>
[Trait("Guide", "flows")]
public sealed class FlowDesignTests(BrowserFixture fixture)
{
    const string Flow = "/if/admin/flows/flows/default-authentication-flow/";

    [Theory]
    [InlineData(true, "light", 1440)]
    [InlineData(false, "dark", 375)]
    public async Task A_flow_is_drawn_moved_and_simulated(bool script, string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await BindAsync(server);
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync(Flow);
        await Assertions.Expect(page.GetByText("There is no way back for people who lost their password.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("is never shown: its policies never pass.", new() { Exact = false })).ToBeVisibleAsync();
        await page.LooksRightAsync($"flow-design-{theme}", script);

        var first = await page.Locator(".flow-node .row-main").AllInnerTextsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move {first[0]} down" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/?moved=**");
        (await page.Locator(".flow-node .row-main").AllInnerTextsAsync()).Take(2).ShouldBe([first[1], first[0]]);
        if (script)
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Move {first[0]} down" })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("comes before anybody has said who they are.", new() { Exact = false })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Simulate" }).ClickAsync();
        await page.GetByLabel("Username or email").FillAsync("akadmin");
        await page.GetByLabel("Client address").FillAsync("here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Enter a valid IPv4 or IPv6 address.").First).ToBeVisibleAsync();
        await page.GetByLabel("Client address").FillAsync("203.0.113.7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The flow applies", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Left out", new() { Exact = true })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".flow-verdict strong").Filter(new() { HasText = "never from here" })).ToBeVisibleAsync();
        await page.LooksRightAsync($"flow-simulated-{theme}", script);
        window.Faults.Where(f => !f.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stage_is_dragged_to_its_place()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync(Flow);
        var names = await page.Locator(".flow-node .row-main").AllInnerTextsAsync();
        await page.Locator(".flow-node").Nth(2).DragToAsync(page.Locator(".flow-node").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = 20, Y = 2 } });
        await Assertions.Expect(page.Locator(".flow-node .row-main").First).ToHaveTextAsync(names[2]);
        (await page.Locator(".flow-node .row-main").AllInnerTextsAsync()).ShouldBe([names[2], .. names.Where((_, i) => i != 2)]);
        window.Faults.ShouldBeEmpty();
    }

    // A policy that depends and one that never passes, on the last two stages; and nobody can recover.
    static Task BindAsync(TestServer server) => server.Database.ExecuteAsync(
        """
        UPDATE brand SET flow_recovery = NULL;
        DELETE FROM policy_binding WHERE target IN (SELECT b.pk FROM flow_stage_binding b JOIN flow f ON f.pk = b.target WHERE f.slug = 'default-authentication-flow');
        INSERT INTO policy (pk, type, name, execution_logging, config) VALUES
            ('00000000-0000-0000-0000-00000000e001', 'expressionpolicy', 'never from here', false, jsonb_build_object('expression', 'return False')),
            ('00000000-0000-0000-0000-00000000e002', 'expressionpolicy', 'own-people', false, jsonb_build_object('expression', 'return request.user.is_active'));
        INSERT INTO policy_binding (pk, target, policy_pk, negate, enabled, "order", timeout, failure_result)
            SELECT gen_random_uuid(), b.pk, CASE b.place WHEN 1 THEN '00000000-0000-0000-0000-00000000e002'::uuid ELSE '00000000-0000-0000-0000-00000000e001' END, false, true, 0, 30, false
            FROM (SELECT b.pk, row_number() OVER (ORDER BY b."order" DESC) AS place FROM flow_stage_binding b JOIN flow f ON f.pk = b.target WHERE f.slug = 'default-authentication-flow') b
            WHERE b.place <= 2;
        """);
}
