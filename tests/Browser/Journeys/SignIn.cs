using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>The initial setup of a fresh server, which leaves its administrator signed in at the console.</summary>
static class SignIn
{
    public const string AdministratorPassword = "a long first password 1";

    public static async Task AsAdministratorAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Email").FillAsync("root@example.org");
        await page.Locator("[name=password]").FillAsync(AdministratorPassword);
        await page.Locator("[name=password_repeat]").FillAsync(AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/admin/**");
    }

    /// <summary>The administrator of <see cref="AsAdministratorAsync"/> signs in once more, on the sign-in page that is shown.</summary>
    public static async Task AgainAsync(IPage page)
    {
        await page.Locator("[name=uid_field]").FillAsync("akadmin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.Locator("[name=password]").FillAsync(AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/if/admin/**");
    }
}
