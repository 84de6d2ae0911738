using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Notifications;

/// <summary>Rules that tell whom an event is about, matched by the action names of later releases, with mails that have a subject of their own.</summary>
public sealed class SubjectTests(NotificationServer fixture) : IClassFixture<NotificationServer>
{
    TestServer Server => fixture.Server;

    [Fact]
    public async Task A_new_person_is_welcomed_and_a_service_account_is_not()
    {
        await RuleAsync("welcome", "user_created", "email/account_welcome.html", "", """context.user_type in ("internal", "external")""");
        (await fixture.Root.PostApiAsync("core/users/", """{"username": "subject-new", "name": "Nele New", "email": "nele@example.org", "type": "external"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await fixture.Root.PostApiAsync("core/users/", """{"username": "subject-robot", "name": "Robot", "email": "robot@example.org", "type": "service_account"}""")).Status.ShouldBe(HttpStatusCode.Created);
        await DeliverAsync();
        var mail = fixture.Mail.LastTo("nele@example.org");
        mail.Subject.ShouldBe("Welcome to Postern");
        mail.Text.ShouldContain("Welcome, Nele New");
        fixture.Mail.Mails.ShouldNotContain(m => m.To.Contains("robot@example.org"));
    }

    [Fact]
    public async Task Whoever_acts_the_owner_of_the_account_is_told()
    {
        await RuleAsync("password", "password_set", "email/security_notification.html", "authentik Notification:", "context.synced_from_source = False");
        var olga = await Server.AddUserAsync("subject-olga", u => u.Email = "olga@example.org");
        (await fixture.Root.PostApiAsync($"core/users/{olga.Pk}/set_password/", """{"password": "a long enough password 7"}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        await DeliverAsync();
        fixture.Mail.LastTo("olga@example.org", "authentik Notification: Your password was changed").Text.ShouldContain("your account subject-olga");
    }

    [Fact]
    public async Task A_removed_device_is_told_to_its_owner()
    {
        await RuleAsync("device", "mfa_device_removed", "email/security_notification.html", "Security: ");
        var paul = await Server.AddUserAsync("subject-paul", u => u.Email = "paul@example.org");
        var device = await Server.Database.ScalarAsync<int>(
            $"INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift) VALUES ({paul.Pk}, 'Phone', true, now(), now(), 0, '', 6, 0, 0) RETURNING pk");
        (await fixture.Root.CallAsync("DELETE", $"authenticators/admin/totp/{device}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await DeliverAsync();
        fixture.Mail.Mails.Where(m => m.To.Contains("paul@example.org")).Select(m => m.Subject).ShouldContain("Security: A sign-in method was removed");
    }

    [Fact]
    public async Task Later_names_are_taken_and_unknown_ones_refused()
    {
        (await fixture.Root.PostApiAsync("policies/event_matcher/", """{"name": "blocked", "action": "login_blocked"}""")).Status.ShouldBe(HttpStatusCode.Created);
        var refused = await fixture.Root.PostApiAsync("policies/event_matcher/", """{"name": "none", "action": "user_vanished"}""");
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Json["action"]!.ToString().ShouldContain("user_vanished");
    }

    [Fact]
    public async Task What_a_prompt_calls_created_makes_nobody_new()
    {
        await RuleAsync("odd", "user_created", "email/account_welcome.html", "Odd: ", """context.created = "yesterday" """);
        await fixture.HappenAsync("user_write", await Server.AddUserAsync("subject-odd", u => u.Email = "odd@example.org"), new System.Text.Json.Nodes.JsonObject { ["created"] = "yesterday" });
        await DeliverAsync();
        fixture.Mail.Mails.ShouldNotContain(m => m.Subject.StartsWith("Odd: ", StringComparison.Ordinal) && m.To.Contains("odd@example.org"));
    }

    async Task DeliverAsync()
    {
        while (await fixture.WorkAsync() > 0) { }
    }

    /// <summary>A rule that mails the subject of events of an action, where a query finds them.</summary>
    async Task RuleAsync(string name, string action, string template, string prefix, string? query = null)
    {
        var transport = await fixture.MakeAsync("events/transports/", new System.Text.Json.Nodes.JsonObject
        {
            ["name"] = name,
            ["mode"] = "email",
            ["email_template"] = template,
            ["email_subject_prefix"] = prefix,
        }.ToJsonString());
        var policy = await fixture.MakeAsync("policies/event_matcher/", new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["action"] = action, ["query"] = query }.ToJsonString());
        var rule = await fixture.MakeAsync("events/rules/", $$"""{"name": "{{name}}", "severity": "notice", "destination_event_subject": true, "transports": ["{{transport}}"]}""");
        await fixture.MakeAsync("policies/bindings/", $$"""{"target": "{{rule}}", "policy": "{{policy}}", "order": 0}""");
    }
}
