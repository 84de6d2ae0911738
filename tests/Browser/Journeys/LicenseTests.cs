using Microsoft.Playwright;
using Postern.Licensing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>A licence is installed, ends a year later, warns, makes the installation read-only, and is renewed.</summary>
[Trait("Guide", "enterprise")]
public sealed class LicenseTests(BrowserFixture journey)
{
    const string Licenses = "/if/admin/enterprise/licenses/";

    [Fact]
    public async Task A_license_is_installed_ends_and_is_renewed()
    {
        await using var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_ENTERPRISE__PORTAL_URL"] = "https://customers.example.org" });
        await using var office = await journey.OpenAsync(server);
        await using var home = await journey.OpenAsync(server);
        var page = office.Page;
        await page.GotoAsync("/");
        await SignIn.AsAdministratorAsync(page);
        var ann = await server.AddUserAsync("ann");
        await page.GotoAsync(Licenses);
        await page.TakeAsync("40-unlicensed");
        var id = await page.GetByRole(AriaRole.Textbox, new() { Name = "Install ID" }).InputValueAsync();
        (await page.GetByRole(AriaRole.Link, new() { Name = "Go to Customer portal" }).GetAttributeAsync("href"))
            .ShouldStartWith($"https://customers.example.org/from_instance/purchase/?install_id={id}");

        await InstallAsync(page, "nonsense");
        await Assertions.Expect(page.GetByText("Unable to verify license").First).ToBeVisibleAsync();
        await page.TakeAsync("41-refused");
        await page.GotoAsync(Licenses);
        await InstallAsync(page, Key(server, id));
        await Assertions.Expect(page.GetByText("Successfully created license.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Valid", new() { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(server.Clock.GetUtcNow().AddDays(365).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).First).ToBeVisibleAsync();
        await page.TakeAsync("42-licensed");

        await LaterAsync(server, page, 365 - 10, "One or more license(s) will expire within the next 2 weeks.");
        await LaterAsync(server, page, 10 + 15, "One or more license(s) have expired.");
        await page.GotoAsync("/if/user/");
        await Assertions.Expect(page.GetByText("have expired")).ToHaveCountAsync(0);
        await LaterAsync(server, page, 14, "One or more license(s) have expired.");
        await page.GotoAsync("/if/user/");
        await Assertions.Expect(page.GetByText("One or more license(s) have expired.")).ToBeVisibleAsync();
        await page.TakeAsync("43-people-are-warned");

        await LaterAsync(server, page, 14, "has entered read-only mode due to expired/exceeded licenses.");
        await page.GotoAsync(Licenses);
        await page.TakeAsync("44-read-only");
        // What would be refused is shut, and says why; whoever sends it all the same is refused.
        await page.GotoAsync("/if/admin/directory/groups/new/");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).GetByText("This installation is read-only because its licenses have expired or are exceeded.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true })).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("[name=name]")).ToBeDisabledAsync();
        await page.TakeAsync("45-shut-form");
        await page.EvalOnSelectorAllAsync("fieldset", "all => all.forEach(f => f.disabled = false)");
        await page.Locator("[name=name]").FillAsync("Refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing was changed: this installation is read-only")).ToBeVisibleAsync();
        await page.GotoAsync($"/if/admin/directory/users/{ann.Pk}/edit/");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();
        await home.Page.GotoAsync("/if/flow/default-authentication-flow/");
        await Assertions.Expect(home.Page.GetByText("has entered read-only mode")).ToBeVisibleAsync();
        await home.Page.TakeAsync("47-read-only-sign-in");

        await page.GotoAsync(Licenses);
        await InstallAsync(page, Key(server, id));
        await Assertions.Expect(page.GetByText("Successfully created license.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("read-only mode")).ToHaveCountAsync(0);
        await page.TakeAsync("46-renewed");
    }

    static async Task LaterAsync(TestServer server, IPage page, int days, string banner)
    {
        server.Clock.Advance(TimeSpan.FromDays(days));
        await page.GotoAsync("/if/admin/");
        // Sessions end in the meantime.
        if (!page.Url.Contains("/if/admin/", StringComparison.Ordinal))
            await SignIn.AgainAsync(page);
        await page.GotoAsync("/if/admin/");
        await Assertions.Expect(page.GetByText(banner)).ToBeVisibleAsync();
    }

    static async Task InstallAsync(IPage page, string key)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Install" }).ClickAsync();
        await page.GetByLabel("License key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Install" }).ClickAsync();
    }

    static string Key(TestServer server, string id)
    {
        using var authority = TrustedRoots.DevelopmentAuthority()!;
        var now = server.Clock.GetUtcNow();
        return authority.Signer.Sign(new LicenseDocument
        {
            Audience = LicenseAudience.Of(Guid.Parse(id)),
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = now.AddDays(365).ToUnixTimeSeconds(),
            Name = "Office",
            InternalUsers = 10,
            ExternalUsers = 20,
        });
    }
}
