using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Mails;

/// <summary>Mail over TLS with user name and password, to a mail server of another maker.</summary>
[Trait("Fault", "F4")]
public sealed class SmtpTests
{
    const string Text = "Grüße aus dem Postausgang\n.\n..zwei\nEin sehr langes Wort: " + "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "PLAIN")]
    [InlineData(true, "LOGIN")]
    [InlineData(false, "PLAIN")]
    [InlineData(false, "LOGIN")]
    public async Task A_mail_arrives_over_TLS(bool secure, string method)
    {
        await using var judge = await SmtpJudge.StartAsync(secure, [method]);
        await using var server = await TestServer.StartAsync(judge.Settings(secure));
        var mail = await SendAsync(server);
        (mail.State, mail.LastError).ShouldBe((MailState.Sent, ""));
        mail.Transcript.ShouldContain(line => line.StartsWith("TLS is on: Tls1", StringComparison.Ordinal));
        string.Join('\n', mail.Transcript).ShouldNotContain(Convert.ToBase64String("pässword"u8));
        var taken = await judge.NextAsync();
        (taken["user"]!.ToString(), taken["from"]!.ToString(), taken["to"]![0]!.ToString()).ShouldBe(("postern", "id@example.org", "ada@example.org"));
        var received = new ReceivedMail(["ada@example.org"], taken["raw"]!.ToString());
        received.Subject.ShouldBe("Grüße");
        received.Text.ReplaceLineEndings("\n").ShouldBe(Text);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        await using var judge = await SmtpJudge.StartAsync(secure: true, ["PLAIN"]);
        var settings = judge.Settings(secure: true);
        settings.Remove("POSTERN_EMAIL__CA_FILE");
        await using var server = await TestServer.StartAsync(settings);
        (await SendAsync(server)).LastError.ShouldContain("certificate");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_for_another_name_is_refused(bool secure)
    {
        await using var judge = await SmtpJudge.StartAsync(secure, ["PLAIN"], host: "mail.example.org");
        await using var server = await TestServer.StartAsync(judge.Settings(secure));
        var mail = await SendAsync(server);
        mail.State.ShouldBe(MailState.Queued);
        mail.LastError.ShouldContain("RemoteCertificateNameMismatch");
        mail.Transcript.ShouldAllBe(line => !line.StartsWith("> AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_wrong_password_is_said_to_be_one(string method)
    {
        await using var judge = await SmtpJudge.StartAsync(secure: true, [method]);
        var settings = judge.Settings(secure: true);
        settings["POSTERN_EMAIL__PASSWORD"] = "wrong";
        await using var server = await TestServer.StartAsync(settings);
        var mail = await SendAsync(server);
        (mail.State, mail.LastError).ShouldBe((MailState.Queued, "The server refused the user name or password: 535 Invalid username or password"));
    }

    [Fact]
    public async Task An_unknown_way_to_sign_in_is_named()
    {
        await using var judge = await SmtpJudge.StartAsync(secure: true, ["XOAUTH2"]);
        await using var server = await TestServer.StartAsync(judge.Settings(secure: true));
        (await SendAsync(server)).LastError.ShouldContain("XOAUTH2");
    }

    /// <summary>Writes one mail and makes the first attempt.</summary>
    static async Task<Postern.Mail.Outbox.Mail> SendAsync(TestServer server)
    {
        var key = await server.InScopeAsync(async services =>
        {
            var added = services.GetRequiredService<SendMail>().Add(new MailMessage { To = ["ada@example.org"], Subject = "Grüße", Html = "<p>Grüße</p>", Text = Text });
            await services.GetRequiredService<PosternDb>().SaveChangesAsync(Cancellation);
            return added;
        });
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(JobLine.Outward, Cancellation);
        return await server.InScopeAsync(services => services.GetRequiredService<PosternDb>().Set<Postern.Mail.Outbox.Mail>().SingleAsync(m => m.Pk == key, Cancellation));
    }
}
