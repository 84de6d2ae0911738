using System.Net;
using Postern.Mail.Outbox;
using Postern.Tests.Integration.Mails;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.mail.outbox;

/// <summary>The doors of the outbox: who sees it, what it shows, sending again and calling back.</summary>
public sealed class OutboxTests(OutboxFixture fixture) : IClassFixture<OutboxFixture>, IDisposable
{
    public void Dispose() => fixture.Smtp.Fault = static _ => null;

    [Fact]
    public async Task It_shows_where_mails_stand_and_not_what_they_say()
    {
        using var root = await fixture.Server.SuperuserAsync();
        var key = await fixture.WriteAsync(new Postern.Mail.MailMessage { To = ["see@example.org"], Subject = "Seen", Html = "https://id.example.org/secret-link", Text = "https://id.example.org/secret-link" });
        var one = await root.GetApiAsync($"mail/outbox/{key}/");
        one.Json["state"]!.ToString().ShouldBe("queued");
        one.Json["recipients"]![0]!.ToString().ShouldBe("see@example.org");
        one.Text.ShouldNotContain("secret-link");
        one.Text.ShouldNotContain("sealed:");
        (await root.GetApiAsync("mail/outbox/?state=queued&recipient=see@example.org")).Each("subject").ShouldBe(["\"Seen\""]);
        (await root.GetApiAsync("mail/outbox/?state=failed&recipient=see@example.org")).Each("subject").ShouldBeEmpty();
        (await root.CallAsync("DELETE", $"mail/outbox/{key}/")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_given_up_mail_is_sent_again()
    {
        using var root = await fixture.Server.SuperuserAsync();
        fixture.Smtp.Fault = static line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 mailbox full of nothing" : null;
        var key = await fixture.WriteAsync("again@example.org");
        await fixture.WorkAsync();
        fixture.Smtp.Fault = static _ => null;
        (await root.CallAsync("POST", $"mail/outbox/{key}/retry/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).State.ShouldBe(MailState.Sent);
        fixture.Received(key).ShouldHaveSingleItem();
        var late = await root.CallAsync("POST", $"mail/outbox/{key}/retry/");
        (late.Status, late.Text).ShouldBe((HttpStatusCode.BadRequest, """{"non_field_errors":["Only a mail that waits or was given up can be tried again."]}"""));
    }

    [Fact]
    public async Task A_waiting_mail_is_sent_at_once()
    {
        using var root = await fixture.Server.SuperuserAsync();
        fixture.Smtp.Fault = static line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "421 later" : null;
        var key = await fixture.WriteAsync("hasten@example.org");
        await fixture.WorkAsync();
        fixture.Smtp.Fault = static _ => null;
        (await root.CallAsync("POST", $"mail/outbox/{key}/retry/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).State.ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task A_called_back_mail_is_never_sent()
    {
        using var root = await fixture.Server.SuperuserAsync();
        var key = await fixture.WriteAsync("back@example.org");
        (await root.CallAsync("POST", $"mail/outbox/{key}/cancel/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await fixture.WorkAsync();
        var mail = await fixture.FindAsync(key);
        (mail.State, mail.Message, mail.Attempts).ShouldBe((MailState.Cancelled, null, 0));
        fixture.Received(key).ShouldBeEmpty();
        (await root.CallAsync("POST", $"mail/outbox/{key}/cancel/")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await root.CallAsync("POST", $"mail/outbox/{key}/retry/")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Others_are_refused()
    {
        var key = await fixture.WriteAsync("others@example.org");
        using var nobody = fixture.Server.Program();
        using var somebody = await fixture.Server.WithRightsAsync("authentik_core.view_user");
        foreach (var client in new[] { nobody, somebody })
        {
            (await client.GetApiAsync("mail/outbox/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.CallAsync("POST", $"mail/outbox/{key}/retry/")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await client.CallAsync("POST", $"mail/outbox/{key}/cancel/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        using var root = await fixture.Server.SuperuserAsync();
        (await root.CallAsync("POST", $"mail/outbox/{Guid.NewGuid()}/retry/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
