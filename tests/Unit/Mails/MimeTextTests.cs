using System.Text;
using Postern.Mail;
using Postern.Mail.Smtp;

namespace Postern.Tests.Unit.Mails;

/// <summary>How a message looks on the wire.</summary>
[Trait("Fault", "F17")]
public sealed class MimeTextTests
{
    [Theory]
    [InlineData("Reset your password", "Reset your password")]
    [InlineData("Passwort zurücksetzen", "=?utf-8?B?UGFzc3dvcnQgenVyw7xja3NldHplbg==?=")]
    [InlineData("a\r\nBcc: b@example.org", "a Bcc: b@example.org")]
    [InlineData("=?utf-8?B?YQ==?=", "=?utf-8?B?PT91dGYtOD9CP1lRPT0/PQ==?=")]
    public void A_header_is_ascii_on_one_line(string text, string header) => MimeText.Header(text).ShouldBe(header);

    [Fact]
    public void A_long_header_is_cut_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("äöü😀", 30));
        var words = MimeText.Header(text).Split("\r\n ");
        words.ShouldAllBe(w => w.Length <= 75);
        string.Concat(words.Select(w => Encoding.UTF8.GetString(Convert.FromBase64String(w["=?utf-8?B?".Length..^2])))).ShouldBe(text);
    }

    [Theory]
    [InlineData("plain", "plain\r\n")]
    [InlineData("a = b", "a =3D b\r\n")]
    [InlineData("blank \nnext", "blank=20\r\nnext\r\n")]
    [InlineData("größer", "gr=C3=B6=C3=9Fer\r\n")]
    public void A_body_is_quoted_printable(string text, string encoded) => MimeText.QuotedPrintable(text).ShouldBe(encoded);

    [Fact]
    public void Long_lines_are_broken()
    {
        var text = string.Concat(Enumerable.Repeat("wörter und ", 100));
        var lines = MimeText.QuotedPrintable(text).Split("\r\n");
        lines.ShouldAllBe(l => l.Length <= 76);
        string.Concat(lines.Select(l => l.TrimEnd('='))).Replace("=20", " ", StringComparison.Ordinal).ShouldBe(text.Replace("ö", "=C3=B6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("one\r\n", "one\r\n.\r\n")]
    [InlineData("one", "one\r\n.\r\n")]
    [InlineData(".\r\n..\r\na.b\r\n", "..\r\n...\r\na.b\r\n.\r\n")]
    public void A_line_that_begins_with_a_dot_does_not_end_the_message(string content, string sent) =>
        Encoding.ASCII.GetString(SubmitMail.DotStuffed(Encoding.ASCII.GetBytes(content))).ShouldBe(sent);

    [Theory]
    [InlineData("id@example.org", "", "id@example.org", "id@example.org")]
    [InlineData("Postern <id@example.org>", "Postern", "id@example.org", "Postern <id@example.org>")]
    [InlineData("\"The \\\"Gate\\\", Inc\" <id@example.org>", "The \"Gate\", Inc", "id@example.org", "\"The \\\"Gate\\\", Inc\" <id@example.org>")]
    [InlineData("Tür <id@bücher.example>", "Tür", "id@xn--bcher-kva.example", "=?utf-8?B?VMO8cg==?= <id@xn--bcher-kva.example>")]
    public void An_address_is_read_and_written(string text, string name, string address, string header)
    {
        var mailbox = Mailbox.Parse(text);
        (mailbox.Name, mailbox.Address, mailbox.Header).ShouldBe((name, address, header));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    public void What_is_no_address_is_refused(string text) => Should.Throw<MailRefused>(() => Mailbox.Parse(text));

    [Fact]
    public void A_message_has_both_forms_and_hides_blind_copies()
    {
        var message = new MailMessage { To = ["a@example.org"], Cc = ["c@example.org"], Bcc = ["secret@example.org"], Subject = "Hello", Html = "<p>Grüße</p>", Text = "Grüße" };
        var key = Guid.Parse("0190f5f0-0000-7000-8000-000000000001");
        var text = Encoding.UTF8.GetString(ComposeMime.Of(message, Mailbox.Parse("id@example.org"), key, 2, new DateTimeOffset(2026, 11, 30, 8, 5, 9, TimeSpan.Zero)));
        text.ShouldNotContain("secret@example.org");
        text.ShouldContain("Message-ID: <0190f5f0000070008000000000000001@example.org>\r\n");
        text.ShouldContain("X-Postern-Attempt: 2\r\n");
        text.ShouldContain("Date: Mon, 30 Nov 2026 08:05:09 +0000\r\n");
        text.ShouldContain("Cc: c@example.org\r\n");
        text.ShouldContain("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n--");
        text.ShouldContain("<p>Gr=C3=BC=C3=9Fe</p>\r\n--");
    }
}
