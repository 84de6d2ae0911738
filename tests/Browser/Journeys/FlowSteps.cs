using Microsoft.Playwright;

namespace Postern.Tests.Browser.Journeys;

/// <summary>What people do on pages of flows, whatever the words on them: journeys run on other files than the product's own too.</summary>
static class FlowSteps
{
    public const string SignInPage = "/flows/-/default/authentication/?next=%2Fif%2Fuser%2F";
    public const string SignOutPage = "/flows/-/default/invalidation/";

    /// <summary>Sends the form that is shown.</summary>
    public static Task ContinueAsync(this IPage page) => page.Locator("form button.btn-primary").First.ClickAsync();

    public static async Task NameAsync(this IPage page, string name)
    {
        await page.Locator("[name=uid_field]").FillAsync(name);
        await page.ContinueAsync();
    }

    public static async Task PasswordAsync(this IPage page, string password)
    {
        await page.Locator("[name=password]").FillAsync(password);
        await page.ContinueAsync();
    }

    /// <summary>Types a new password twice.</summary>
    public static async Task NewPasswordAsync(this IPage page, string password)
    {
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("[name=password_repeat]").FillAsync(password);
        await page.ContinueAsync();
    }

    /// <summary>The page of one's applications, which only who is signed in sees.</summary>
    public static Task AtHomeAsync(this IPage page) => page.WaitForURLAsync("**/if/user/**");

    /// <summary>Goes through the enrolment of two pages up to what follows it.</summary>
    public static async Task EnrolAsync(this IPage page, string username, string password)
    {
        await page.GotoAsync("/if/flow/default-enrollment-flow/?next=%2Fif%2Fuser%2Fsettings%2F");
        await page.Locator("[name=username]").FillAsync(username);
        await page.NewPasswordAsync(password);
        await page.Locator("[name=name]").FillAsync("Kim Doe");
        await page.Locator("[name=email]").FillAsync($"{username}@example.org");
        await page.ContinueAsync();
    }
}
