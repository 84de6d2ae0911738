using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>An administrator invites with gifts and a message, looks after invitations, and invites many; the invited read who invites them, by link and by code.</summary>
[Trait("Guide", "invitations")]
public sealed class InvitationTests(BrowserFixture journey)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_written_sent_used_and_looked_back_at()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddGroupAsync("harbour-crew");
        await using var office = await journey.OpenAsync(server);
        var page = office.Page;
        await StartAsync(page);
        await page.GotoAsync("/if/admin/directory/invitations/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create" }).First.ClickAsync();
        await page.Locator("[name=name]").FillAsync("jane-doe-2026-11");
        await page.Locator("[name=flow]").SelectOptionAsync(new SelectOptionValue { Label = "Enrolment by invitation" });
        await page.Locator("[name=single_use]").CheckAsync();
        await page.GetByText("Sending", new() { Exact = true }).ClickAsync();
        await page.Locator("[name=recipient]").FillAsync("jane@example.org");
        await page.Locator("[name=message]").FillAsync("We are glad that you come.\nBring your boots.");
        await page.GetByText("Who may use it", new() { Exact = true }).ClickAsync();
        await page.Locator("[name=bind_email]").CheckAsync();
        await LookAsync(page, "invitation-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "jane-doe-2026-11", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[name=email_addresses]")).ToHaveValueAsync("jane@example.org");
        await LookAsync(page, "invitation-send");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Queued to jane@example.org.")).ToBeVisibleAsync();
        await page.GetByText("QR code", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code of the link" })).ToBeVisibleAsync();
        await LookAsync(page, "invitation-page");
        var link = await page.GetByLabel("Link to use the invitation").InputValueAsync();
        var code = await page.GetByLabel("Code to type instead").InputValueAsync();

        await EnrolAsync(server, code, link);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Account created")).ToBeVisibleAsync();
        await LookAsync(page, "invitation-used");
        await page.GotoAsync("/if/admin/directory/invitations/?status=all");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell).GetByText("Accepted").First).ToBeVisibleAsync();
        await LookAsync(page, "invitation-list");
        office.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_are_invited_from_a_list_and_one_is_revoked()
    {
        await using var server = await TestServer.StartAsync();
        await using var office = await journey.OpenAsync(server);
        var page = office.Page;
        await StartAsync(page);
        await page.GotoAsync("/if/admin/directory/invitations/bulk/");
        await page.GetByLabel("E-mail addresses").FillAsync("Ada Lovelace <ada@example.org>\nbob@example.org\nnonsense");
        await page.Locator("[name=flow]").SelectOptionAsync(new SelectOptionValue { Label = "invitation-enrollment-flow" });
        await page.GetByLabel("Mail them now").UncheckAsync();
        await LookAsync(page, "invitation-bulk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await WorkAsync(server);
        await Assertions.Expect(page.GetByText("This is what would be refused. Nobody was invited.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await LookAsync(page, "invitation-bulk-check");

        await page.GotoAsync("/if/admin/directory/invitations/bulk/");
        await page.GetByLabel("E-mail addresses").FillAsync("Ada Lovelace <ada@example.org>\nbob@example.org");
        await page.Locator("[name=flow]").SelectOptionAsync(new SelectOptionValue { Label = "invitation-enrollment-flow" });
        await page.GetByLabel("Mail them now").UncheckAsync();
        await page.GetByLabel("Only check").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await WorkAsync(server);
        await Assertions.Expect(page.GetByText("2 of 2 invited")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await LookAsync(page, "invitation-bulk-done");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Result file" }).ClickAsync());
        (await File.ReadAllTextAsync((await file.PathAsync())!, Cancellation)).ShouldContain("itoken=");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show them" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "ada-lovelace", Exact = false }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Revoke" }).ClickAsync();
        await LookAsync(page, "invitation-revoke");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("The link opens nothing: It was revoked.")).ToBeVisibleAsync();

        await page.GotoAsync("/if/admin/directory/invitations/");
        await page.GetByLabel("Select bob").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await page.GetByLabel("Valid until").FillAsync("2099-01-01T10:00");
        await LookAsync(page, "invitation-selected");
        await page.GetByRole(AriaRole.Region, new() { Name = "Extend: 1 invitation" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByText("1 done.")).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM invitation WHERE expires > '2098-01-01' AND revoked_on IS NULL")).ShouldBe(1);
        office.Faults.ShouldBeEmpty();
    }

    /// <summary>Types the code, reads the landing page, and enrols without a script.</summary>
    async Task EnrolAsync(TestServer server, string code, string link)
    {
        await using var home = await journey.OpenAsync(server, script: false);
        var page = home.Page;
        await page.GotoAsync("/if/invitation/");
        await page.GetByLabel("Code").FillAsync("AAAAAAAAAA");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No invitation has this code")).ToBeVisibleAsync();
        await page.TakeAsync("invited-wrong-code");
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Bring your boots.")).ToBeVisibleAsync();
        await page.TakeAsync("invited-landing");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        page.Url.ShouldBe(link);
        await Assertions.Expect(page.GetByText("invites you to")).ToBeVisibleAsync();
        await using (var scripted = await journey.OpenAsync(server))
        {
            await scripted.Page.GotoAsync("/if/invitation/");
            await LookAsync(scripted.Page, "invited-code");
            await scripted.Page.GotoAsync(link);
            await LookAsync(scripted.Page, "invited-flow");
        }
        await page.GetByLabel("Username").FillAsync("jane");
        await page.Locator("[name=password]").FillAsync("her own long password 2");
        await page.Locator("[name=password_repeat]").FillAsync("her own long password 2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Jane Doe");
        await page.GetByLabel("Email").FillAsync("jane@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        // External people have no page of their own: the answer is a refusal, which the browser counts as a fault.
        await page.WaitForURLAsync("**/if/user/**");
    }

    static async Task StartAsync(IPage page)
    {
        await SignIn.AsAdministratorAsync(page);
        await page.GotoAsync("/if/admin/flows/flows/import/");
        await page.GetByLabel("Or an example that ships with Postern").SelectOptionAsync("example/flows-invitation-enrollment-minimal.yaml");
        await Example.ImportChosenAsync(page);
    }

    static async Task LookAsync(IPage page, string name)
    {
        await page.TakeAsync(name);
        (await page.ViolationsAsync()).ShouldBeEmpty(name);
    }

    static async Task WorkAsync(TestServer server) => await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
