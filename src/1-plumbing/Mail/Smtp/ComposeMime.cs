using System.Globalization;
using System.Text;

namespace Postern.Mail.Smtp;

/// <summary>Writes a message in its two forms, HTML and plain text (RFC 5322, 2046), in ASCII throughout but for addresses that are not.</summary>
static class ComposeMime
{
    /// <param name="message">The mail.</param>
    /// <param name="from">Its sender.</param>
    /// <param name="key">Becomes the Message-ID: the same for each attempt, so that a repeated one is recognisable as the same mail.</param>
    /// <param name="attempt">Number of this attempt.</param>
    /// <param name="date">Now.</param>
    public static byte[] Of(MailMessage message, Mailbox from, Guid key, int attempt, DateTimeOffset date)
    {
        var boundary = $"--={key:N}";
        var text = new StringBuilder();
        Header(text, "From", from.Header);
        Header(text, "To", Addresses(message.To));
        if (message.Cc.Count > 0)
            Header(text, "Cc", Addresses(message.Cc));
        Header(text, "Subject", MimeText.Header(message.Subject));
        Header(text, "Date", date.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "Message-ID", $"<{key:N}@{from.Host}>");
        Header(text, "X-Postern-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        // RFC 3834: nobody's holiday answers it.
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        Part(text, boundary, "text/plain", message.Text);
        Part(text, boundary, "text/html", message.Html);
        text.Append(CultureInfo.InvariantCulture, $"\r\n--{boundary}--\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Header(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

    static string Addresses(IEnumerable<string> addresses) => string.Join(",\r\n ", addresses.Select(a => Mailbox.Parse(a).Header));

    static void Part(StringBuilder text, string boundary, string type, string body)
    {
        text.Append(CultureInfo.InvariantCulture, $"\r\n--{boundary}\r\n");
        Header(text, "Content-Type", $"{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append("\r\n").Append(MimeText.QuotedPrintable(body).TrimEnd('\r', '\n'));
    }
}
