using Microsoft.Playwright;
using Postern.Billing;
using Postern.Tests.Support.Billing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Pages;

/// <summary>The checkout pages of the portal's own providers: readable by everybody, in both themes, in small windows, without a script.</summary>
public sealed class CheckoutPageTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("sandbox")]
    [InlineData("manual")]
    public async Task Pages_have_no_violation_and_fit_small_windows(string provider)
    {
        await using var host = await StartAsync();
        var path = $"/checkout/{await host.CheckoutAsync(await host.OrderAsync(Guid.NewGuid(), provider))}";
        await using var window = await browser.Browser.OpenAsync(host.Address.ToString().TrimEnd('/'), 375, 800);
        foreach (var address in new[] { path, "/checkout/none" })
        {
            await window.Page.GotoAsync(address);
            (await window.Page.ViolationsAsync()).ShouldBeEmpty();
            (await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task It_is_paid_with_the_keyboard_alone_and_no_script()
    {
        await using var host = await StartAsync();
        var order = await host.OrderAsync(Guid.NewGuid(), "sandbox");
        await using var window = await browser.Browser.OpenAsync(host.Address.ToString().TrimEnd('/'), script: false);
        var page = window.Page;
        await page.GotoAsync($"/checkout/{await host.CheckoutAsync(order)}");
        await page.GetByLabel("Number", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("4000 0000 0000 0002");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("12/49");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("123");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Your card was declined.").First.WaitForAsync();

        await page.GetByLabel("Number", new() { Exact = true }).FillAsync("4000 0025 0000 3155");
        await page.GetByLabel("Valid until, MM/YY").FillAsync("12/49");
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync("123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your bank asks" }).WaitForAsync();
        await page.RunAndWaitForRequestAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).PressAsync("Enter"), "https://portal.example/**");
        await host.RunJobsAsync();

        (await host.KeysAsync(order.Id)).Count.ShouldBe(1);
    }

    static Task<BillingHost> StartAsync() => BillingHost.StartAsync(TestClock.Now(), static services => services.AddSandboxPayments());
}
