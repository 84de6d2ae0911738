using Microsoft.Playwright;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Second factors and passkeys, set up and used by a person in a browser.</summary>
[Trait("Guide", "sign-in-methods")]
public sealed class SecondFactorTests(BrowserFixture journey)
{
    [Fact]
    public async Task A_passkey_is_made_and_signs_in_alone_and_as_a_second_factor()
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await OpenAsync(server);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await Example.ReplaceAsync(page, "flow-default-authenticator-webauthn-setup.yaml");
        await AddAuthenticatorAsync(page);

        // A model that is not among those allowed.
        await RestrictAsync(server, "[\"cb69481e-8ff7-4039-93ec-0a2729a154a8\"]");
        await page.GotoAsync("/if/flow/default-authenticator-webauthn-setup/?next=%2Fif%2Fuser%2F");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Invalid device type.").First).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM webauthn_device")).ShouldBe(0);
        await RestrictAsync(server, "[]");

        await page.GotoAsync("/if/flow/default-authenticator-webauthn-setup/?next=%2Fif%2Fuser%2F");
        await page.TakeAsync("30-passkey-setup");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");

        // Alone, in place of name and password. Signing out leads to the sign-in page, whose offer the virtual device answers at once,
        // as somebody would who picks the suggestion: nothing else may navigate meanwhile.
        await page.GotoAsync(FlowSteps.SignOutPage);
        await page.WaitForURLAsync("**/if/user/**");
        (await server.Database.ScalarAsync<string>("SELECT auth_method FROM session WHERE user_pk IS NOT NULL ORDER BY authenticated_at DESC LIMIT 1")).ShouldBe("auth_webauthn_pwl");
        (await server.Database.ScalarAsync<long>("SELECT sign_count FROM webauthn_device")).ShouldBeGreaterThan(0);

        // After the password, where the sign-in page offers no passkey.
        await server.Database.ExecuteAsync("UPDATE stage SET config = jsonb_set(config, '{webauthn_stage}', 'null') WHERE name = 'default-authentication-identification'");
        await page.GotoAsync(FlowSteps.SignOutPage);
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.GetByLabel("Email or Username").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.Locator("[name=password]").FillAsync(SignIn.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");
        window.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_authenticator_app_and_recovery_codes_are_set_up_and_asked_for(bool script)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await OpenAsync(server, script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        await Example.ReplaceAsync(page, "flow-default-authenticator-totp-setup.yaml");
        await Example.ReplaceAsync(page, "flow-default-authenticator-static-setup.yaml");

        await page.GotoAsync("/if/flow/default-authenticator-totp-setup/?next=%2Fif%2Fuser%2F");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for your authenticator app" })).ToBeVisibleAsync();
        await page.GetByText("Cannot scan it?").ClickAsync();
        var key = (await page.GetByLabel("Key for your authenticator app").InputValueAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.TakeAsync($"31-totp-setup{(script ? "" : "-no-script")}");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Code does not match")).ToBeVisibleAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(await OathTool.CodeAsync(server, key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");

        await page.GotoAsync("/if/flow/default-authenticator-static-setup/?next=%2Fif%2Fuser%2F");
        var codes = await page.Locator(".flow-codes code").AllInnerTextsAsync();
        codes.Count.ShouldBe(6);
        await page.TakeAsync($"32-recovery-codes{(script ? "" : "-no-script")}");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");

        server.Clock.Advance(TimeSpan.FromSeconds(30));
        await page.GotoAsync(FlowSteps.SignOutPage);
        await EnterPasswordAsync(page);
        await page.TakeAsync($"33-second-factor{(script ? "" : "-no-script")}");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(await OathTool.CodeAsync(server, key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");

        await page.GotoAsync(FlowSteps.SignOutPage);
        await EnterPasswordAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Recovery code" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Type one of your recovery codes.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Empty response")).ToHaveCountAsync(0);
        await page.TakeAsync($"34-recovery-code{(script ? "" : "-no-script")}");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(codes[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/user/**");
        window.Faults.ShouldBeEmpty();
    }

    static Task RestrictAsync(TestServer server, string models) => server.Database.ExecuteAsync(
        $"UPDATE stage SET config = jsonb_set(config, '{{device_type_restrictions}}', '{models}') WHERE name = 'default-authenticator-webauthn-setup'");

    static async Task EnterPasswordAsync(IPage page)
    {
        await page.GotoAsync(FlowSteps.SignInPage);
        await page.GetByLabel("Email or Username").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.Locator("[name=password]").FillAsync(SignIn.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    /// <summary>Passkeys belong to names, not to addresses.</summary>
    Task<Window> OpenAsync(TestServer server, bool script = true) => journey.Browser.OpenAsync($"http://localhost:{server.Address.Port}", script: script);

    static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable", new Dictionary<string, object> { ["enableUI"] = false });
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
