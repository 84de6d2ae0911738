using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The examples of sign-in flows, imported and used.</summary>
public sealed class SignInExamplesTests(BrowserFixture journey)
{
    const string Wrong = "not the password";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_factor_is_asked_for(bool script)
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-login-2fa.yaml");
        await office.Page.GotoAsync("/if/flow/default-authenticator-totp-setup/?next=%2Fif%2Fuser%2F");
        await office.Page.GetByText("Cannot scan it?").ClickAsync();
        var key = (await office.Page.GetByLabel("Key for your authenticator app").InputValueAsync()).Replace(" ", "", StringComparison.Ordinal);
        await office.Page.Locator("[name=code]").FillAsync(await OathTool.CodeAsync(server, key));
        await office.Page.ContinueAsync();
        await office.Page.AtHomeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(30));

        await using var home = await journey.OpenAsync(server, script: script);
        var page = home.Page;
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.PasswordAsync(SignIn.AdministratorPassword);
        await page.Locator("[name=code]").FillAsync("000000");
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByText("Invalid Token")).ToBeVisibleAsync();
        await page.Locator("[name=code]").FillAsync(await OathTool.CodeAsync(server, key));
        // A wrong code is followed by a pause.
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await page.ContinueAsync();
        await page.AtHomeAsync();
        home.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Guessing_is_shut_out_until_the_reputation_is_forgotten()
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-brute-force-lockout.yaml");
        await using var outside = await journey.OpenAsync(server);
        var page = outside.Page;
        await GuessAsync(page, server);
        await Assertions.Expect(page.GetByText("Invalid password")).ToBeVisibleAsync();

        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await Assertions.Expect(page.GetByText("Too many failed sign-in attempts").Or(page.GetByText("Too many sign-ins failed"))).ToBeVisibleAsync();
        await page.TakeAsync("50-shut-out");
        // The administrator who is in sees why, and lets them in again.
        await office.Page.GotoAsync("/if/admin/policies/reputation/");
        await Assertions.Expect(office.Page.Locator("main").GetByText("akadmin").First).ToBeVisibleAsync();
        await office.Page.TakeAsync("51-reputation");
        await server.Database.ExecuteAsync("DELETE FROM reputation");

        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.PasswordAsync(SignIn.AdministratorPassword);
        await page.AtHomeAsync();
        outside.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_captcha_is_asked_for_where_the_reputation_is_bad()
    {
        // Like the services' own scripts, it calls back when the page is complete.
        await using var service = await HttpStub.StartAsync(r => r.Path.EndsWith(".js", StringComparison.Ordinal)
            ? "for (const box of document.querySelectorAll('.flow-captcha')) { const f = document.createElement('input'); f.type = 'hidden'; f.name = 'g-recaptcha-response'; f.value = 'a person'; box.append(f); } const go = () => window.posternCaptcha('a person'); document.readyState === 'complete' ? go() : addEventListener('load', go);"
            : r.Body.Contains("response=a+person", StringComparison.Ordinal) ? """{"success":true,"score":0.9}""" : """{"success":false,"error-codes":["invalid-input-response"]}""");
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-login-conditional-captcha.yaml");
        await server.Database.ExecuteAsync(
            $$"""UPDATE stage SET config = config || '{"js_url":"{{service.Address}}api.js","api_url":"{{service.Address}}siteverify"}' WHERE name = 'default-authentication-flow-captcha'""");

        await using var good = await journey.OpenAsync(server);
        await good.Page.GotoAsync(FlowSteps.SignInPage);
        await good.Page.NameAsync("akadmin");
        await good.Page.PasswordAsync(SignIn.AdministratorPassword);
        await good.Page.AtHomeAsync();
        service.Requests.ShouldBeEmpty();

        await using var outside = await journey.OpenAsync(server);
        var page = outside.Page;
        await GuessAsync(page, server);
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.PasswordAsync(SignIn.AdministratorPassword);
        // It works unseen: its script finds a person and the page goes on by itself.
        await page.AtHomeAsync();
        service.Requests.Select(r => r.Path).ShouldBe(["/api.js", "/siteverify"]);
        outside.Faults.ShouldAllBe(f => f.StartsWith($"request to another host: {service.Address}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_by_mail_signs_in_once(bool script)
    {
        await using var mailed = await MailedServer.StartAsync();
        var server = mailed.Server;
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-login-email-magic-link.yaml");
        // The example adds a link to the sign-in flow; the password and what else stands there is taken out by hand.
        await server.Database.ExecuteAsync(
            """
            DELETE FROM flow_stage_binding b USING stage s, flow f WHERE s.pk = b.stage AND f.pk = b.target AND f.slug = 'default-authentication-flow'
                AND s.name IN ('default-authentication-password', 'default-authentication-mfa-validation')
            """);

        await using var home = await journey.OpenAsync(server, script: script);
        var page = home.Page;
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await Assertions.Expect(page.GetByText("Check your inbox")).ToBeVisibleAsync();
        var link = await mailed.LinkAsync("root@example.org");
        await using var telephone = await journey.OpenAsync(server, width: 375, script: script);
        await telephone.Page.GotoAsync(link);
        await telephone.Page.TakeAsync("52-magic-link");
        await telephone.Page.ContinueAsync();
        await telephone.Page.AtHomeAsync();

        await using var late = await journey.OpenAsync(server, script: script);
        await late.Page.GotoAsync(link);
        await Assertions.Expect(late.Page.GetByText("This link is invalid or has expired")).ToBeVisibleAsync();
        home.Faults.ShouldBeEmpty();
        telephone.Faults.ShouldBeEmpty();
    }

    /// <summary>Five wrong passwords, as many as one run allows.</summary>
    static async Task GuessAsync(IPage page, TestServer server)
    {
        await server.Database.ExecuteAsync("DELETE FROM reputation");
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        for (var i = 1; i <= 5; i++)
        {
            await page.PasswordAsync(Wrong);
            await Assertions.Expect(page.GetByText("Invalid password")).ToBeVisibleAsync();
            (await server.Database.ScalarAsync<int>("SELECT score FROM reputation")).ShouldBe(-i);
        }
        // The sixth attempt has to wait a second.
        server.Clock.Advance(TimeSpan.FromSeconds(2));
    }
}
