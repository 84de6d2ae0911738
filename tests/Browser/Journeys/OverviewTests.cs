using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The front page of the console and the page of jobs.</summary>
public sealed class OverviewTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Shows_the_last_week_and_health_and_jobs_run_again()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        // Within six days: the chart shows this day, however young, and the six before it.
        await server.Database.ExecuteAsync(
            """
            INSERT INTO event (pk, "user", action, app, context, created, expires, brand, from_outside)
            SELECT gen_random_uuid(), '{"pk": 1, "username": "ada"}', (ARRAY['login', 'login', 'login_failed', 'authorize_application'])[1 + i % 4], 'authentik_core',
                   '{"authorized_application": {"name": "Wiki", "pk": "x"}}', now() - (i * i % 8000) * interval '1 minute', now() + interval '1 year', '{}', false
            FROM generate_series(1, 180) i
            """);
        await server.Database.ExecuteAsync(
            "INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error, failed_at) VALUES ('mail.deliver', '{}', now(), now(), 12, 'Connection refused (mail.example.org:25)', now())");
        await page.GotoAsync("/if/admin/");
        (await page.GetByRole(AriaRole.Img, new() { NameRegex = new("Last week: .* sign-ins, 45 failed sign-ins, 45 uses of applications") }).CountAsync()).ShouldBe(1);
        await page.GetByText("1 given up").WaitForAsync();
        await page.TakeAsync("overview");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await page.GetByText("Connection refused").WaitForAsync();
        await page.TakeAsync("jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry mail.deliver" }).ClickAsync();
        await page.GetByText("The job runs again.").WaitForAsync();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM job WHERE failed_at IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task A_quiet_installation_says_so()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await fixture.OpenAsync(server, width: 375, theme: "dark", script: false);
        await SignIn.AsAdministratorAsync(window.Page);
        await server.Database.ExecuteAsync("DELETE FROM event");
        await window.Page.GotoAsync("/if/admin/");
        await window.Page.GetByText("Nobody signed in this week").WaitForAsync();
        await window.Page.GetByText("Nothing has happened yet").WaitForAsync();
        await window.Page.TakeAsync("overview-quiet");
    }
}
