using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>What goes wrong with invitations in practice: each case happens here, and the invitation's page says why in words.</summary>
public sealed class TroubleTests(InvitationServer fixture) : IClassFixture<InvitationServer>, IAsyncLifetime
{
    const string Refusal = "Invalid invite/invite not found";

    HttpClient console = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => console = await fixture.ConsoleAsync();

    public ValueTask DisposeAsync()
    {
        console.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task External_people_without_an_application_to_go_to()
    {
        var pk = await PkAsync([]);
        using var browser = fixture.Server.Browser();
        (await EnrolmentSteps.EnrolAsync(browser, pk, "trouble-external"))["to"]!.ToString().ShouldBe("/");
        (await (await browser.GetAsync("/if/user/", Cancellation)).Content.ReadAsStringAsync(Cancellation)).ShouldContain("Interface can only be accessed by internal users");
        (await PageAsync(pk)).ShouldContain("the brand has no default application");
        (await PageAsync(await PkAsync(new JsonObject { ["user_type"] = "internal" }))).ShouldNotContain("the brand has no default application");
    }

    [Fact]
    public async Task An_expired_link()
    {
        var pk = await PkAsync([]);
        await fixture.Server.Database.ExecuteAsync($"UPDATE invitation SET expires = '2020-01-01' WHERE pk = '{pk}'");
        await RefusedAsync(pk);
        (await PageAsync(pk)).ShouldContain("The link opens nothing: It has expired.");
    }

    [Fact]
    public async Task A_link_for_a_single_use_that_was_used()
    {
        var pk = await PkAsync([]);
        await fixture.EnrolAsync(pk, "trouble-first");
        await RefusedAsync(pk);
        var page = await PageAsync(pk);
        page.ShouldContain("It is for a single use and has been used.");
        page.ShouldContain("trouble-first");
    }

    [Fact]
    public async Task A_link_of_another_flow()
    {
        await EnrolmentSteps.ImportAsync(fixture.Root, new JsonObject { ["flow_slug"] = "trouble-other", ["stage_name"] = "trouble-other-invitation" });
        var pk = await PkAsync([]);
        await RefusedAsync(pk, "trouble-other");
        (await PageAsync(pk)).ShouldContain("It was used with another flow than its own. (flow trouble-other)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-a-uuid")]
    public async Task A_link_without_its_token(string itoken) => await RefusedAsync(itoken);

    [Fact]
    public async Task A_deleted_invitation()
    {
        var pk = await PkAsync([]);
        (await fixture.Root.CallAsync("DELETE", $"{InvitationServer.Invitations}{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await RefusedAsync(pk);
        (await console.GetAsync($"/if/admin/directory/invitations/{pk}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_flow_without_the_invitation_stage()
    {
        var flow = await EnrolmentSteps.ImportAsync(fixture.Root, new JsonObject { ["flow_slug"] = "trouble-unbound", ["stage_name"] = "trouble-unbound-invitation" });
        var binding = (await fixture.Root.GetApiAsync($"flows/bindings/?target={flow}&order=5")).Json["results"]![0]!["pk"]!.ToString();
        await fixture.Root.CallAsync("DELETE", $"flows/bindings/{binding}/");
        var pk = await PkAsync(new JsonObject { ["flow"] = flow, ["fixed_data"] = new JsonObject { ["name"] = "Jane" } });
        using var browser = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(browser, pk, "trouble-unbound");
        (await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("trouble-unbound"), "trouble-unbound"))["fields"]![0]!["initial_value"]!.ToString().ShouldBe("");
        (await PageAsync(pk)).ShouldContain("The flow trouble-unbound has no invitation stage");
    }

    [Fact]
    public async Task Keys_that_no_prompt_has()
    {
        var pk = await PkAsync(new JsonObject { ["fixed_data"] = new JsonObject { ["e_mail"] = "jane@example.com", ["name"] = "Jane", ["attributes"] = new JsonObject { ["desk"] = 1 } } });
        using var browser = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(browser, pk);
        var fields = (await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("trouble-keys")))["fields"]!.AsArray();
        fields.Select(f => f!["initial_value"]!.ToString()).ShouldBe(["Jane", ""]);
        var page = await PageAsync(pk);
        page.ShouldContain("has the field key &quot;e_mail&quot;: it fills in nothing. Did you mean &quot;email&quot;?");
        page.ShouldNotContain("field key &quot;attributes&quot;");
    }

    [Fact]
    public async Task Prompts_that_come_before_the_invitation()
    {
        var flow = await EnrolmentSteps.ImportAsync(fixture.Root, new JsonObject { ["flow_slug"] = "trouble-order", ["stage_name"] = "trouble-order-invitation" });
        var binding = (await fixture.Root.GetApiAsync($"flows/bindings/?target={flow}&order=5")).Json["results"]![0]!["pk"]!.ToString();
        await fixture.Root.CallAsync("PATCH", $"flows/bindings/{binding}/", """{"order": 12}""");
        var pk = await PkAsync(new JsonObject { ["flow"] = flow, ["fixed_data"] = new JsonObject { ["username"] = "jane" } });
        using var browser = fixture.Server.Browser();
        (await EnrolmentSteps.GetAsync(browser, pk, "trouble-order"))["fields"]![0]!["initial_value"]!.ToString().ShouldBe("");
        (await PageAsync(pk)).ShouldContain("asks before the invitation stage comes");
    }

    [Fact]
    public async Task Placeholders_that_are_expressions_and_choices_that_do_not_hold_the_value()
    {
        var flow = await EnrolmentSteps.ImportAsync(fixture.Root, new JsonObject { ["flow_slug"] = "trouble-choice", ["stage_name"] = "trouble-choice-invitation" });
        var prompt = (await fixture.Root.GetApiAsync("stages/prompt/prompts/?name=trouble-choice-field-name")).Json["results"]![0]!["pk"]!.ToString();
        await fixture.Root.CallAsync("PATCH", $"stages/prompt/prompts/{prompt}/", """{"type": "dropdown", "placeholder": "return ['Ada', 'Bob']", "placeholder_expression": true}""");
        var pk = await PkAsync(new JsonObject { ["flow"] = flow, ["fixed_data"] = new JsonObject { ["name"] = "Jane" } });
        using var browser = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(browser, pk, "trouble-choice");
        (await EnrolmentSteps.AnswerAsync(browser, pk, EnrolmentSteps.Credentials("trouble-choice"), "trouble-choice"))["fields"]![0]!["initial_value"]!.ToString().ShouldBe("Ada");
        (await PageAsync(pk)).ShouldContain("made by an expression (placeholder_expression)");

        await fixture.Root.CallAsync("PATCH", $"stages/prompt/prompts/{prompt}/", """{"type": "text", "placeholder": "return 'Your name'"}""");
        using var another = fixture.Server.Browser();
        await EnrolmentSteps.GetAsync(another, pk, "trouble-choice");
        (await EnrolmentSteps.AnswerAsync(another, pk, EnrolmentSteps.Credentials("trouble-text"), "trouble-choice"))["fields"]![0]!["initial_value"]!.ToString().ShouldBe("Jane");
    }

    [Fact]
    public async Task A_mail_that_did_not_go_out()
    {
        (await PageAsync(await PkAsync([]))).ShouldContain("It names no e-mail address, so nothing is mailed");
        (await PageAsync(await PkAsync(new JsonObject { ["fixed_data"] = new JsonObject { ["email"] = "jane@" } }))).ShouldContain("is no e-mail address");
        (await PageAsync(await PkAsync(new JsonObject { ["fixed_data"] = new JsonObject { ["email"] = "quiet@example.com" } }))).ShouldContain("Nothing was mailed to quiet@example.com");

        fixture.Mail.Fault = static line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 mailbox reverted to generic" : null;
        var pk = await PkAsync([]);
        await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/send_email/", """{"email_addresses": ["bad@example.com"]}""");
        await fixture.WorkAsync();
        fixture.Mail.Fault = static _ => null;
        fixture.Server.Errors.Claim();
        (await PageAsync(pk)).ShouldContain("mailbox reverted to generic");
    }

    [Fact]
    public async Task Somebody_who_enrolled_and_reaches_no_application()
    {
        var group = await fixture.Server.AddGroupAsync("trouble-media");
        var application = (await fixture.Root.PostApiAsync("core/applications/", """{"name": "Jellyfin", "slug": "trouble-jellyfin", "meta_launch_url": "https://media.example.org/"}""")).Json["pk"]!.ToString();
        await fixture.Root.PostApiAsync("policies/bindings/", $$"""{"target": "{{application}}", "group": "{{group}}", "order": 0}""");
        await fixture.Root.CallAsync("PATCH", "admin/settings/", """{"flags": {"core_default_app_access": false}}""");
        var (without, with) = (await PkAsync([]), await PkAsync(new JsonObject { ["groups"] = new JsonArray(group.ToString()) }));
        await fixture.EnrolAsync(without, "trouble-nothing");
        await fixture.EnrolAsync(with, "trouble-something");
        var page = await PageAsync(without);
        page.ShouldContain("Can reach no application");
        page.ShouldContain("In no group");
        (await PageAsync(with)).ShouldContain("Can reach Jellyfin");
    }

    async Task RefusedAsync(string itoken, string slug = EnrolmentSteps.Slug)
    {
        using var browser = fixture.Server.Browser();
        (await EnrolmentSteps.GetAsync(browser, itoken, slug))["error_message"]!.ToString().ShouldBe(Refusal);
    }

    async Task<string> PageAsync(string pk) => await console.GetStringAsync($"/if/admin/directory/invitations/{pk}/", Cancellation);

    async Task<string> PkAsync(JsonObject fields) => (await fixture.InviteAsync(fields))["pk"]!.ToString();
}
