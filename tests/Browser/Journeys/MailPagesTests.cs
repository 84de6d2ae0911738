using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator writes a mail's text, looks at it, sends it to themselves while the mail server is down, and gets it out of the outbox.</summary>
[Trait("Guide", "mail")]
public sealed class MailPagesTests(BrowserFixture journey)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_is_written_tried_and_followed_through_the_outbox(bool script)
    {
        await using var smtp = new SmtpServer { Fault = static line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "421 come back later" : null };
        await using var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
        });
        await using var window = await journey.OpenAsync(server, script: script);
        var page = window.Page;
        await SignIn.AsAdministratorAsync(page);
        var picture = script ? "" : "-no-script";

        await page.GotoAsync("/if/admin/customization/mail-templates/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Start from").SelectOptionAsync("email/password_reset.html");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        await page.WaitForURLAsync("**/new/?name=*");
        await Assertions.Expect(page.Locator("html[aria-busy]")).ToHaveCountAsync(0);
        await page.GetByLabel("Subject").FillAsync("A new password for {{ user.name }}");
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        var preview = page.FrameLocator("iframe[name=mail-preview]");
        await Assertions.Expect(preview.GetByText("A new password for Jane Smith")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(preview.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Name = "Reset your password" })).ToBeVisibleAsync();
        await page.TakeAsync($"70-mail-editor{picture}");

        await page.GetByLabel("Send the example to").FillAsync("me@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the example" }).ClickAsync();
        await Assertions.Expect(preview.GetByText("The example is on its way to me@example.org.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("email/password_reset.html")).ToBeVisibleAsync();

        await WorkAsync(server);
        await page.GotoAsync("/if/admin/system/mail/");
        await page.TakeAsync($"71-outbox{picture}");
        await page.GetByRole(AriaRole.Link, new() { Name = "A new password for Jane Smith" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Being tried again")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("The server refused EHLO: 421 come back later").First).ToBeVisibleAsync();
        await page.TakeAsync($"72-mail-tried-again{picture}");

        smtp.Fault = static _ => null;
        await page.GetByRole(AriaRole.Button, new() { Name = "Send now" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The mail is sent again.")).ToBeVisibleAsync();
        await WorkAsync(server);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send now" })).ToHaveCountAsync(0);
        await page.TakeAsync($"73-mail-sent{picture}");
        smtp.LastTo("me@example.org").Subject.ShouldBe("A new password for Jane Smith");
        window.Faults.ShouldBeEmpty();
    }

    static Task<int> WorkAsync(TestServer server) => server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
