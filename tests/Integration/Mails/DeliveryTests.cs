using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Mails;

/// <summary>Delivery when the mail server is well, down, slow, refusing or in the hands of somebody else: nothing is lost, nothing sent twice under one attempt, and the state says why.</summary>
[Trait("Fault", "F4")]
public sealed class DeliveryTests(OutboxFixture fixture) : IClassFixture<OutboxFixture>, IDisposable
{
    public void Dispose() => fixture.Smtp.Fault = static _ => null;

    [Fact]
    public async Task A_mail_is_sent_once_and_its_text_forgotten()
    {
        var key = await fixture.WriteAsync(new MailMessage { To = ["a@example.org"], Bcc = ["hidden@example.org"], Subject = "Grüße", Html = "<p>.</p>", Text = ".dot\n.\nend" });
        (await fixture.FindAsync(key)).Message.ShouldNotBeNull().ShouldStartWith("sealed:");
        await fixture.WorkAsync();
        await fixture.WorkAsync();
        var mail = await fixture.FindAsync(key);
        (mail.State, mail.Attempts, mail.Message, mail.LastError).ShouldBe((MailState.Sent, 1, null, ""));
        mail.SentAt.ShouldBe(fixture.Server.Clock.GetUtcNow());
        mail.Transcript.ShouldContain("> RCPT TO:<a@example.org>");
        var received = fixture.Received(key).ShouldHaveSingleItem();
        received.To.ShouldBe(["a@example.org", "hidden@example.org"]);
        received.Subject.ShouldBe("Grüße");
        received.Text.ShouldBe(".dot\r\n.\r\nend");
        received.Header("From").ShouldBe("Postern <id@example.org>");
        received.Raw.ShouldNotContain("hidden@example.org");
    }

    /// <summary>By what the server does: the reason people read.</summary>
    public static TheoryData<string, string, string> Troubles => new()
    {
        { "220", SmtpServer.HangUp, "closed the connection" },
        { "220", "554 no service here", "refused the connection: 554 no service here" },
        { "220", "HTTP/1.1 400 Bad Request", "does not speak SMTP" },
        { "220", SmtpServer.Silence, "took longer than 1 s over the answer to the greeting" },
        { "EHLO", SmtpServer.Silence, "took longer than 1 s over the answer to EHLO" },
        { "EHLO", "421 too busy", "refused EHLO: 421 too busy" },
        { "MAIL", "550 unknown sender", "refused the sender id@example.org: 550 unknown sender" },
        { "MAIL", SmtpServer.Silence, "took longer than 1 s over the answer to MAIL" },
        { "RCPT", "451 try later", "refused the recipient t@example.org: 451 try later" },
        { "RCPT", SmtpServer.HangUp, "closed the connection" },
        { "DATA", "451 no space", "refused DATA: 451 no space" },
        { ".", "452 no space", "refused the message: 452 no space" },
        { ".", SmtpServer.HangUp, "closed the connection" },
        { ".", SmtpServer.Silence, "took longer than 1 s over the answer to the message" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_is_visible_and_the_mail_is_tried_again_until_it_is_sent(string step, string answer, string reason)
    {
        fixture.Smtp.Fault = line => line.StartsWith(step, StringComparison.Ordinal) ? answer : null;
        var key = await fixture.WriteAsync("t@example.org");
        await fixture.WorkAsync();
        var failed = await fixture.FindAsync(key);
        (failed.State, failed.Attempts).ShouldBe((MailState.Queued, 1));
        failed.LastError.ShouldContain(reason);
        failed.Transcript.ShouldNotBeEmpty();
        failed.NextAttempt.ShouldBe(fixture.Server.Clock.GetUtcNow().AddSeconds(10));

        fixture.Smtp.Fault = static _ => null;
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).Attempts.ShouldBe(1, "it is not yet time");
        fixture.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await fixture.WorkAsync();
        var sent = await fixture.FindAsync(key);
        (sent.State, sent.Attempts, sent.LastError).ShouldBe((MailState.Sent, 2, ""));
        fixture.Received(key).ShouldHaveSingleItem().Header("X-Postern-Attempt").ShouldBe("2");
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_with_growing_pauses_and_given_up_after_three_days()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var key = await fixture.WriteAsync(new MailMessage { To = ["d@example.org"], Subject = "Down", Html = "x", Text = "x", Server = new MailServer("127.0.0.1", port, null, null, false, false, 1, "id@example.org") });
        var begun = fixture.Server.Clock.GetUtcNow();
        var pauses = new List<double>();
        while (await fixture.WorkAsync() > 0 && await fixture.FindAsync(key) is { State: MailState.Queued, NextAttempt: { } next })
        {
            pauses.Add((next - fixture.Server.Clock.GetUtcNow()).TotalSeconds);
            fixture.Server.Clock.Advance(next - fixture.Server.Clock.GetUtcNow());
        }
        pauses.Take(8).ShouldBe([10, 30, 90, 270, 810, 2430, 3600, 3600]);
        var dead = await fixture.FindAsync(key);
        (dead.State, dead.NextAttempt).ShouldBe((MailState.Failed, null));
        dead.LastError.ShouldContain("Connection refused");
        dead.Message.ShouldNotBeNull();
        (fixture.Server.Clock.GetUtcNow() - begun).ShouldBeInRange(TimeSpan.FromHours(70), TimeSpan.FromHours(72));
    }

    [Fact]
    public async Task Of_many_mails_to_a_server_that_is_down_one_tries_and_the_others_wait_with_it()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var server = new MailServer("127.0.0.1", port, null, null, false, false, 1, "id@example.org");
        var clock = fixture.Server.Clock;
        var keys = new List<Guid>();
        for (var i = 0; i < 20; i++)
            keys.Add(await fixture.WriteAsync(new MailMessage { To = ["many@example.org"], Subject = "Down", Html = "x", Text = "x", Server = server }));
        var brief = await fixture.WriteAsync(new MailMessage { To = ["many@example.org"], Subject = "Code", Html = "x", Text = "x", Server = server, GoodUntil = clock.GetUtcNow().AddSeconds(5) });
        var elsewhere = await fixture.WriteAsync("reachable@example.org");

        await fixture.WorkAsync();
        (await fixture.FindAsync(elsewhere)).State.ShouldBe(MailState.Sent);
        var waiting = await AllAsync(keys);
        waiting.Sum(m => m.Attempts).ShouldBe(1);
        waiting.ShouldAllBe(m => m.State == MailState.Queued && m.NextAttempt == clock.GetUtcNow().AddSeconds(10) && m.LastError.Contains("Connection refused", StringComparison.Ordinal));
        (await fixture.FindAsync(brief)).NextAttempt.ShouldBe(clock.GetUtcNow().AddSeconds(5));

        clock.Advance(TimeSpan.FromSeconds(5));
        await fixture.WorkAsync();
        (await fixture.FindAsync(brief)).State.ShouldBe(MailState.Failed);
        clock.Advance(TimeSpan.FromSeconds(5));
        await fixture.WorkAsync();
        (await AllAsync(keys)).ShouldAllBe(m => m.NextAttempt == clock.GetUtcNow().AddSeconds(30));
        (await AllAsync(keys)).Sum(m => m.Attempts).ShouldBe(2, "the first of them tried again");
    }

    async Task<List<Postern.Mail.Outbox.Mail>> AllAsync(IEnumerable<Guid> keys)
    {
        var mails = new List<Postern.Mail.Outbox.Mail>();
        foreach (var key in keys)
            mails.Add(await fixture.FindAsync(key));
        return mails;
    }

    [Fact]
    public async Task What_is_no_longer_worth_sending_is_given_up_then()
    {
        fixture.Smtp.Fault = static line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "421 later" : null;
        var key = await fixture.WriteAsync(new MailMessage { To = ["g@example.org"], Subject = "Code", Html = "x", Text = "x", GoodUntil = fixture.Server.Clock.GetUtcNow().AddSeconds(30) });
        await fixture.WorkAsync();
        fixture.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).State.ShouldBe(MailState.Failed);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", "refused the recipient f@example.org: 550 no such user")]
    [InlineData(".", "554 spam", "refused the message: 554 spam")]
    public async Task A_final_refusal_ends_the_attempts_but_the_mail_is_kept(string step, string answer, string reason)
    {
        fixture.Smtp.Fault = line => line.StartsWith(step, StringComparison.Ordinal) ? answer : null;
        var key = await fixture.WriteAsync("f@example.org");
        await fixture.WorkAsync();
        var mail = await fixture.FindAsync(key);
        (mail.State, mail.Attempts).ShouldBe((MailState.Failed, 1));
        mail.LastError.ShouldContain(reason);
        mail.Message.ShouldNotBeNull();
    }

    [Fact]
    public async Task Each_recipient_gets_it_once_whatever_becomes_of_the_others()
    {
        fixture.Smtp.Fault = static line => line.StartsWith("RCPT TO:<later", StringComparison.Ordinal) ? "451 greylisted" : line.StartsWith("RCPT TO:<never", StringComparison.Ordinal) ? "550 unknown" : null;
        var key = await fixture.WriteAsync("now@example.org", "later@example.org", "never@example.org");
        await fixture.WorkAsync();
        var half = await fixture.FindAsync(key);
        (half.State, string.Join(' ', half.Delivered)).ShouldBe((MailState.Queued, "now@example.org"));
        half.LastError.ShouldContain("later@example.org: 451");
        fixture.Smtp.Fault = static line => line.StartsWith("RCPT TO:<never", StringComparison.Ordinal) ? "550 unknown" : null;
        fixture.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await fixture.WorkAsync();
        var end = await fixture.FindAsync(key);
        (end.State, string.Join(' ', end.Delivered)).ShouldBe((MailState.Failed, "now@example.org later@example.org"));
        end.LastError.ShouldContain("never@example.org: 550");
        fixture.Received(key).Select(m => m.To.ShouldHaveSingleItem()).ShouldBe(["now@example.org", "later@example.org"]);
    }

    [Theory]
    [InlineData("250 ok", "does not offer STARTTLS, so that nothing was sent")]
    [InlineData("250-test\r\n250 STARTTLS", "failed over the TLS handshake")]
    public async Task Without_the_TLS_that_was_asked_for_nothing_is_sent(string offered, string reason)
    {
        fixture.Smtp.Fault = line => line.StartsWith("EHLO", StringComparison.Ordinal) ? offered : line.StartsWith("STARTTLS", StringComparison.Ordinal) ? "220 go ahead" : null;
        var key = await fixture.WriteAsync(new MailMessage { To = ["s@example.org"], Subject = "TLS", Html = "x", Text = "x", Server = new MailServer("127.0.0.1", fixture.Smtp.Port, "user", "secret", UseTls: true, UseSsl: false, 1, "id@example.org") });
        await fixture.WorkAsync();
        var mail = await fixture.FindAsync(key);
        mail.State.ShouldBe(MailState.Queued);
        mail.LastError.ShouldContain(reason);
        fixture.Received(key).ShouldBeEmpty();
        mail.Transcript.ShouldAllBe(line => !line.StartsWith("> AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_slipped_in_before_TLS_are_noticed()
    {
        fixture.Smtp.Fault = static line => line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-test\r\n250 STARTTLS" : line.StartsWith("STARTTLS", StringComparison.Ordinal) ? "220 go ahead\r\n250 AUTH PLAIN" : null;
        var key = await fixture.WriteAsync(new MailMessage { To = ["s@example.org"], Subject = "TLS", Html = "x", Text = "x", Server = new MailServer("127.0.0.1", fixture.Smtp.Port, null, null, UseTls: true, UseSsl: false, 1, "id@example.org") });
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).LastError.ShouldContain("may be tampered with");
    }

    [Fact]
    public async Task A_worker_that_dies_while_sending_loses_nothing_and_repeats_no_attempt()
    {
        var key = await fixture.WriteAsync("k@example.org");
        // As a worker leaves it that counted the attempt, sent, and died before it could say so.
        await fixture.Server.Database.ExecuteAsync($"UPDATE mail SET state = 'sending', attempts = 1 WHERE pk = '{key}'");
        await fixture.WorkAsync();
        var mail = await fixture.FindAsync(key);
        (mail.State, mail.Attempts).ShouldBe((MailState.Sent, 2));
        fixture.Received(key).ShouldHaveSingleItem().Header("X-Postern-Attempt").ShouldBe("2");
    }

    [Fact]
    public async Task Parallel_workers_make_each_attempt_once()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => fixture.WriteAsync($"p{i}@example.org")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.WorkAsync()));
        foreach (var key in keys)
        {
            (await fixture.FindAsync(key)).Attempts.ShouldBe(1);
            fixture.Received(key).Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_mail_without_a_job_gets_one_and_old_mails_go()
    {
        var (lost, old, dead) = (await fixture.WriteAsync("l@example.org"), await fixture.WriteAsync("o@example.org"), await fixture.WriteAsync("e@example.org"));
        await fixture.Server.Database.ExecuteAsync("DELETE FROM job WHERE kind = 'mail.deliver'");
        await fixture.Server.Database.ExecuteAsync($"UPDATE mail SET state = 'sent', created_at = created_at - interval '31 days' WHERE pk = '{old}'");
        await fixture.Server.Database.ExecuteAsync($"UPDATE mail SET state = 'failed', created_at = created_at - interval '31 days' WHERE pk = '{dead}'");
        await fixture.Server.InScopeAsync(async services =>
        {
            await services.GetRequiredService<KeepMail>().ExecuteAsync([], TestContext.Current.CancellationToken);
            return true;
        });
        await fixture.WorkAsync();
        (await fixture.FindAsync(lost)).State.ShouldBe(MailState.Sent);
        (await fixture.FindAsync(dead)).State.ShouldBe(MailState.Failed);
        (await fixture.Server.InScopeAsync(s => s.GetRequiredService<PosternDb>().Set<Postern.Mail.Outbox.Mail>().CountAsync(m => m.Pk == old))).ShouldBe(0);
    }

    [Fact]
    public async Task Under_another_secret_key_the_mail_is_given_up_with_that_reason()
    {
        var key = await fixture.WriteAsync("x@example.org");
        await fixture.Server.Database.ExecuteAsync($"UPDATE mail SET message = 'sealed:1:' || encode('{new string('0', 40)}', 'base64') WHERE pk = '{key}'");
        await fixture.WorkAsync();
        (await fixture.FindAsync(key)).LastError.ShouldContain("secret key");
    }
}
