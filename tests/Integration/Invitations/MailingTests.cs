using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>Mails that carry invitations: at once, at a moment, again, as a reminder, and within limits. No job runs unless a test runs it.</summary>
public sealed class MailingTests : IAsyncLifetime
{
    readonly InvitationServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Sending_queues_a_mail_for_each_address_and_its_fate_is_told()
    {
        var pk = await PkAsync(new JsonObject { ["message"] = "See you\non Monday" });
        (await SendAsync(pk, """{"email_addresses": ["a@example.com", "b@example.com"], "cc_addresses": ["c@example.com"]}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await fixture.StatusAsync(pk)).ShouldBe("queued");
        await fixture.WorkAsync();
        (await fixture.StatusAsync(pk)).ShouldBe("sent");
        fixture.Mail.Mails.Count.ShouldBe(2);
        fixture.Mail.LastTo("a@example.com").To.ShouldContain("c@example.com");
        fixture.Mail.LastTo("a@example.com").Text.ShouldContain($"itoken={pk}");
        (await fixture.HistoryAsync(pk)).ShouldBe(["created", "queued", "sent", "sent"]);
    }

    [Trait("Fault", "F4")]
    [Fact]
    public async Task A_mail_that_the_server_refuses_is_failed_with_its_words()
    {
        fixture.Mail.Fault = static line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 no such mailbox here" : null;
        var pk = await PkAsync([]);
        await SendAsync(pk, """{"email_addresses": ["gone@example.com"]}""");
        await fixture.WorkAsync();
        (await fixture.StatusAsync(pk)).ShouldBe("failed");
        (await fixture.ReadAsync(pk))["mail_error"]!.ToString().ShouldContain("no such mailbox");
        fixture.Server.Errors.Claim();
    }

    [Fact]
    public async Task It_is_mailed_at_its_moment_and_not_before_and_once()
    {
        var at = fixture.Server.Clock.GetUtcNow().AddHours(5);
        var pk = await PkAsync(new JsonObject { ["recipient"] = "later@example.com", ["send_at"] = at, ["expires"] = at.AddDays(7) });
        (await fixture.StatusAsync(pk)).ShouldBe("scheduled");
        await fixture.WorkAsync(schedules: true);
        fixture.Mail.Mails.ShouldBeEmpty();
        fixture.Server.Clock.Advance(TimeSpan.FromHours(5));
        await fixture.WorkAsync();
        await fixture.WorkAsync(schedules: true);
        fixture.Mail.Mails.ShouldHaveSingleItem().To.ShouldBe(["later@example.com"]);
        (await fixture.StatusAsync(pk)).ShouldBe("sent");
    }

    [Trait("Fault", "F5")]
    [Fact]
    public async Task Who_does_nothing_is_reminded_after_three_days_and_on_the_last_also_over_a_change_of_clocks()
    {
        // In the night to 28 March 2027 clocks in Europe go from two to three; three days are 72 hours all the same.
        var begin = new DateTimeOffset(2027, 3, 26, 12, 0, 0, TimeSpan.FromHours(1));
        fixture.Server.Clock.Advance(begin - fixture.Server.Clock.GetUtcNow());
        var pk = await PkAsync(new JsonObject { ["recipient"] = "idle@example.com", ["send_at"] = begin, ["expires"] = begin.AddDays(7) });
        var done = await PkAsync(new JsonObject { ["recipient"] = "keen@example.com", ["send_at"] = begin, ["expires"] = begin.AddDays(7), ["single_use"] = true });
        var quiet = await PkAsync(new JsonObject { ["recipient"] = "quiet@example.com", ["send_at"] = begin, ["expires"] = begin.AddDays(7), ["reminders"] = false });
        await PkAsync(new JsonObject { ["expires"] = begin.AddDays(7) });
        await fixture.WorkAsync();
        await fixture.EnrolAsync(done, "keen");
        fixture.Mail.Mails.Count.ShouldBe(3);

        await PassAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        fixture.Mail.Mails.Count.ShouldBe(3);
        await PassAsync(TimeSpan.FromSeconds(1));
        fixture.Mail.Mails.Count.ShouldBe(4);
        fixture.Mail.Mails[^1].To.ShouldBe(["idle@example.com"]);
        await PassAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        fixture.Mail.Mails.Count.ShouldBe(4);
        await PassAsync(TimeSpan.FromSeconds(1));
        fixture.Mail.Mails.Count.ShouldBe(5);
        await PassAsync(TimeSpan.FromHours(20));
        fixture.Mail.Mails.Count.ShouldBe(5);
        (await fixture.HistoryAsync(pk)).Count(w => w is "reminded").ShouldBe(2);
        (await fixture.HistoryAsync(quiet)).ShouldNotContain("reminded");
    }

    [Fact]
    public async Task One_of_a_day_is_not_reminded_on_its_first()
    {
        var now = fixture.Server.Clock.GetUtcNow();
        await PkAsync(new JsonObject { ["recipient"] = "short@example.com", ["send_at"] = now, ["expires"] = now.AddDays(1) });
        await fixture.WorkAsync();
        await PassAsync(TimeSpan.FromHours(23));
        fixture.Mail.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sent_again_with_a_new_link_the_old_one_opens_nothing()
    {
        var pk = await PkAsync(new JsonObject { ["recipient"] = "again@example.com" });
        var same = (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/resend/", "{}")).Json["pk"]!.ToString();
        same.ShouldBe(pk);
        var next = (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/resend/", """{"rotate": true}""")).Json["pk"]!.ToString();
        next.ShouldNotBe(pk);
        (await fixture.StatusAsync(pk)).ShouldBe("superseded");
        (await fixture.ReadAsync(pk))["superseded_by"]!.ToString().ShouldBe(next);
        (await fixture.EnrolAsync(pk, "again-old"))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        (await fixture.EnrolAsync(next, "again-new"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        (await fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{next}/resend/", "{}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await fixture.WorkAsync();
        fixture.Mail.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_above_the_limit_of_an_hour_waits_and_by_hand_is_refused()
    {
        await fixture.Root.CallAsync("PATCH", "admin/settings/", """{"invitation_mails_per_inviter": 2}""");
        var now = fixture.Server.Clock.GetUtcNow();
        for (var i = 0; i < 5; i++)
            await PkAsync(new JsonObject { ["name"] = $"many-{i}", ["recipient"] = $"many{i}@example.com", ["send_at"] = now, ["expires"] = now.AddDays(20) });
        await fixture.WorkAsync();
        fixture.Mail.Mails.Count.ShouldBe(2);
        var waits = await PkAsync([]);
        (await SendAsync(waits, """{"email_addresses": ["more@example.com"]}""")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await PassAsync(TimeSpan.FromMinutes(61));
        fixture.Mail.Mails.Count.ShouldBe(4);
        await PassAsync(TimeSpan.FromMinutes(61));
        fixture.Mail.Mails.Count.ShouldBe(5);
    }

    [Fact]
    public async Task It_expires_at_the_instant_whatever_runs()
    {
        var end = fixture.Server.Clock.GetUtcNow().AddDays(2);
        var pk = await PkAsync(new JsonObject { ["expires"] = end });
        fixture.Server.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMilliseconds(1));
        using (var early = fixture.Server.Browser())
            (await Flows.EnrolmentSteps.GetAsync(early, pk))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        fixture.Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var late = fixture.Server.Browser();
        (await Flows.EnrolmentSteps.GetAsync(late, pk))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        (await fixture.StatusAsync(pk)).ShouldBe("expired");
        (await fixture.HistoryAsync(pk)).ShouldContain("expired");
    }

    [Fact]
    public async Task Who_came_is_welcomed_and_who_invited_is_told()
    {
        var boss = await fixture.Server.AddSuperuserAsync("told-boss");
        using var client = fixture.Server.Program(await fixture.Server.AddTokenAsync(boss));
        var pk = (await fixture.InviteAsync(new JsonObject { ["welcome_mail"] = true, ["notify_inviter"] = true }, client))["pk"]!.ToString();
        await fixture.EnrolAsync(pk, "told-jane");
        await fixture.WorkAsync();
        fixture.Mail.LastTo("told-jane@example.com").Text.ShouldContain("Welcome");
        fixture.Mail.LastTo("told-boss@example.org").Text.ShouldContain("told-jane");
    }

    [Fact]
    public async Task The_shipped_policy_mails_invitations_that_name_an_address_and_no_others()
    {
        using var form = new MultipartFormDataContent { { new StringContent("example/invitation-email-sender.yaml"), "path" } };
        var import = await (await fixture.Root.PostAsync("/api/v3/managed/blueprints/import/", form, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        import.ShouldContain("\"success\":true");
        var pk = await PkAsync(new JsonObject { ["fixed_data"] = new JsonObject { ["email"] = "policy@example.com", ["name"] = "Jane" } });
        await PkAsync(new JsonObject { ["fixed_data"] = new JsonObject { ["name"] = "By hand" } });
        await fixture.WorkAsync();
        var mail = fixture.Mail.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["policy@example.com"]);
        mail.Text.ShouldContain($"https://id.example.org/if/flow/{Flows.EnrolmentSteps.Slug}/?itoken={pk}");
    }

    async Task PassAsync(TimeSpan time)
    {
        fixture.Server.Clock.Advance(time);
        await fixture.WorkAsync(schedules: true);
    }

    async Task<string> PkAsync(JsonObject fields) => (await fixture.InviteAsync(fields))["pk"]!.ToString();

    Task<Answer> SendAsync(string pk, string body) => fixture.Root.PostApiAsync($"{InvitationServer.Invitations}{pk}/send_email/", body);
}
