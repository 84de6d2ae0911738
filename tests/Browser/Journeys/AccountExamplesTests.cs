using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The examples by which people make, regain, shut and delete accounts, imported and used.</summary>
public sealed class AccountExamplesTests(BrowserFixture journey)
{
    const string Password = "her own long password 2";
    const string Newer = "an even longer password 3";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Anybody_enrols_on_two_pages_and_deletes_the_account_again(bool script)
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-enrollment-2-stage.yaml");
        await Example.ImportAsync(office.Page, "flows-unenrollment.yaml");
        await server.Database.ExecuteAsync("UPDATE brand SET flow_unenrollment = (SELECT pk FROM flow WHERE slug = 'default-unenrollment-flow')");

        await using var home = await journey.OpenAsync(server, script: script);
        var page = home.Page;
        await page.EnrolAsync("kim", Password);
        await page.WaitForURLAsync("**/if/user/settings/");
        await Assertions.Expect(page.GetByText("kim@example.org")).ToBeVisibleAsync();
        await page.TakeAsync("53-enrolled");

        // Opening the page deletes nothing: a link on somebody else's site leads there too.
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This deletes the account kim")).ToBeVisibleAsync();
        await page.TakeAsync("54-delete-account");
        (await PeopleAsync(server, "kim")).ShouldBe(1);
        await page.ContinueAsync();
        await page.WaitForURLAsync("**/if/flow/default-authentication-flow/**");
        (await PeopleAsync(server, "kim")).ShouldBe(0);
        home.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_works_once_its_mail_address_is_confirmed()
    {
        await using var mailed = await MailedServer.StartAsync();
        var server = mailed.Server;
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-enrollment-email-verification.yaml");

        await using var home = await journey.OpenAsync(server);
        await home.Page.EnrolAsync("kim", Password);
        await Assertions.Expect(home.Page.GetByText("Check your inbox")).ToBeVisibleAsync();
        await home.Page.TakeAsync("55-confirm-address");
        (await server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'kim'")).ShouldBeFalse();
        var link = await mailed.LinkAsync("kim@example.org");

        await using var telephone = await journey.OpenAsync(server, width: 375);
        await telephone.Page.GotoAsync(link);
        (await server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'kim'")).ShouldBeFalse();
        await telephone.Page.ContinueAsync();
        await telephone.Page.WaitForURLAsync("**/if/user/settings/");
        (await server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'kim'")).ShouldBeTrue();
        telephone.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("flows-recovery-email-verification.yaml", true)]
    [InlineData("flows-recovery-email-verification.yaml", false)]
    [InlineData("flows-recovery-email-mfa-verification.yaml", true)]
    public async Task A_lost_password_is_replaced_by_way_of_mail(string file, bool script)
    {
        var secondFactor = file.Contains("mfa", StringComparison.Ordinal);
        await using var mailed = await MailedServer.StartAsync();
        var server = mailed.Server;
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, file);
        var codes = secondFactor ? await RecoveryCodesAsync(office.Page) : [];

        await using var home = await journey.OpenAsync(server, script: script);
        var page = home.Page;
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot password?" }).ClickAsync();
        await page.NameAsync("akadmin");
        await Assertions.Expect(page.GetByText("Check your inbox")).ToBeVisibleAsync();
        var link = await mailed.LinkAsync("root@example.org");
        await page.GotoAsync(link);
        await page.ContinueAsync();
        if (secondFactor)
        {
            await page.Locator("[name=code]").FillAsync(codes[0]);
            await page.ContinueAsync();
        }
        await page.TakeAsync($"56-{Path.GetFileNameWithoutExtension(file)}");
        await page.NewPasswordAsync(Newer);
        await page.AtHomeAsync();
        home.Faults.ShouldBeEmpty();

        await using var late = await journey.OpenAsync(server, script: script);
        await late.Page.GotoAsync(link);
        await Assertions.Expect(late.Page.GetByText("This link is invalid or has expired")).ToBeVisibleAsync();
        await late.Page.GotoAsync(FlowSteps.SignInPage);
        await late.Page.NameAsync("akadmin");
        await late.Page.PasswordAsync(SignIn.AdministratorPassword);
        await Assertions.Expect(late.Page.GetByText("Invalid password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_locks_their_own_account()
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        await SignIn.AsAdministratorAsync(office.Page);
        await Example.ImportAsync(office.Page, "flows-enrollment-2-stage.yaml");
        await Example.ImportAsync(office.Page, "flow-default-account-lockdown.yaml");

        await using var home = await journey.OpenAsync(server);
        var page = home.Page;
        await page.EnrolAsync("kim", Password);
        await page.WaitForURLAsync("**/if/user/settings/");
        await page.GotoAsync("/if/flow/default-account-lockdown/");
        await Assertions.Expect(page.GetByText("own account").First).ToBeVisibleAsync();
        await page.TakeAsync("57-lock-own");
        await page.Locator("[name=lockdown_reason]").FillAsync("Lost my telephone");
        await page.ContinueAsync();
        await page.WaitForURLAsync("**/if/flow/default-account-lockdown-complete/");
        await page.TakeAsync("58-locked");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Or(page.Locator(".alert")).First).ToBeVisibleAsync();

        (await server.Database.ScalarAsync<bool>("SELECT is_active FROM \"user\" WHERE username = 'kim'")).ShouldBeFalse();
        (await server.Database.ScalarAsync<string>("SELECT context->>'reason' FROM event WHERE context->>'action_id' = 'account_lockdown'")).ShouldBe("Lost my telephone");
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("kim");
        await page.PasswordAsync(Password);
        await Assertions.Expect(page.GetByText("Invalid password")).ToBeVisibleAsync();
        home.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_changes_their_details_and_their_password()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await Example.ReplaceAsync(page, "flow-default-user-settings-flow.yaml");
        await Example.ReplaceAsync(page, "flow-password-change.yaml");

        await page.GotoAsync("/if/user/settings/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change details" }).ClickAsync();
        await page.Locator("[name=name]").FillAsync("Kim Root");
        await page.TakeAsync("59-details");
        await page.ContinueAsync();
        await page.WaitForURLAsync("**/if/user/settings/");
        await Assertions.Expect(page.GetByText("Kim Root").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).ClickAsync();
        await page.NewPasswordAsync("short");
        await Assertions.Expect(page.GetByText("8 characters")).ToBeVisibleAsync();
        await page.NewPasswordAsync(Newer);
        await page.WaitForURLAsync("**/if/user/settings/");
        await page.GotoAsync(FlowSteps.SignOutPage);
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.PasswordAsync(Newer);
        await page.AtHomeAsync();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Codes_by_mail_are_set_up_and_asked_for()
    {
        await using var mailed = await MailedServer.StartAsync();
        var server = mailed.Server;
        await using var window = await journey.OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await Example.ImportAsync(page, "flows-authenticator-email-setup.yaml");

        await page.GotoAsync("/if/flow/default-authenticator-email-setup/?next=%2Fif%2Fuser%2Fsettings%2Fdevices%2F");
        await page.TakeAsync("60-mail-codes");
        await page.Locator("[name=code]").FillAsync(await mailed.CodeAsync("root@example.org"));
        await page.ContinueAsync();
        await page.WaitForURLAsync("**/if/user/settings/devices/");
        await Assertions.Expect(page.GetByText("Email Device").First).ToBeVisibleAsync();

        await page.GotoAsync(FlowSteps.SignOutPage);
        // A code that was just sent is not sent again at once.
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.NameAsync("akadmin");
        await page.PasswordAsync(SignIn.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the code" }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=code]")).ToBeVisibleAsync();
        await page.Locator("[name=code]").FillAsync(await mailed.CodeAsync("root@example.org"));
        await page.ContinueAsync();
        await page.AtHomeAsync();
        window.Faults.ShouldBeEmpty();
    }

    static async Task<IReadOnlyList<string>> RecoveryCodesAsync(IPage page)
    {
        await page.GotoAsync("/if/flow/default-authenticator-static-setup/?next=%2Fif%2Fuser%2F");
        var codes = await page.Locator(".flow-codes code").AllInnerTextsAsync();
        await page.ContinueAsync();
        await page.AtHomeAsync();
        return codes;
    }

    static Task<long> PeopleAsync(TestServer server, string username) => server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE username = '{username}'");
}
