using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Somebody writes an expression, sees what is wrong with it, and tries it.</summary>
public sealed class TrialTests(BrowserFixture fixture)
{
    const string Policy = "00000000-0000-0000-0000-00000000e001";

    [Theory]
    [InlineData(true, "light", 1440)]
    [InlineData(false, "dark", 375)]
    public async Task A_policy_is_tried_line_by_line(bool script, string theme, int width)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: width, theme: theme, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await server.Database.ExecuteAsync(
            $$"""
            INSERT INTO policy (pk, type, name, execution_logging, config) VALUES
            ('{{Policy}}', 'expressionpolicy', 'own-domain', false,
             jsonb_build_object('expression', E'domain = request.user.email.partition("@")[2]\nfor part in domain.split("."):\n    last = part\nak_mesage("never")\nreturn domain == context["wanted"]'))
            """);
        await page.GotoAsync($"/if/admin/customization/policies/{Policy}/");
        await Assertions.Expect(page.GetByText("ak_mesage", new() { Exact = false }).First).ToBeVisibleAsync();
        (await page.GetByRole(AriaRole.Region, new() { Name = "Expression" }).InnerTextAsync()).ShouldContain("\n    last = part\n");
        await page.LooksRightAsync($"trial-findings-{theme}", script);

        await page.GetByRole(AriaRole.Link, new() { Name = "Test", Exact = true }).ClickAsync();
        await page.GetByLabel("Username or email").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It failed", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("part = ", new() { Exact = false })).ToBeVisibleAsync();
        await page.LooksRightAsync($"trial-failed-{theme}", script);
        window.Faults.ShouldBeEmpty();
    }
}
