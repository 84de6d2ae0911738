using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using Postern.Kernel.Settings;

namespace Postern.Mail.Outbox;

/// <summary>Sends over SMTP (RFC 5321) with STARTTLS where asked.</summary>
sealed class SmtpTransport(PosternSettings settings)
{
    /// <summary>Sends the message; the key becomes its Message-ID, so that a repeated attempt is recognisable as the same mail.</summary>
    /// <exception cref="MailRefused">It can never be sent as it is.</exception>
    public async Task SendAsync(MailMessage message, Guid key, CancellationToken cancellation)
    {
        var server = message.Server ?? Default();
        if (server.UseSsl)
            throw new MailRefused("TLS from the first byte (use_ssl) is not supported; use STARTTLS (use_tls), usually on port 587.");
        using var mail = Compose(message, server, key);
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.UseTls,
            Timeout = server.TimeoutSeconds * 1000,
            Credentials = server.Username is { Length: > 0 } name ? new NetworkCredential(name, server.Password) : null,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(server.TimeoutSeconds));
        try
        {
            await client.SendMailAsync(mail, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpException($"{server.Host} did not answer within {server.TimeoutSeconds} s", e);
        }
    }

    MailServer Default() => new(
        settings.Email.Host, settings.Email.Port, settings.Email.Username, settings.Email.Password?.Reveal,
        settings.Email.UseTls, settings.Email.UseSsl, (int)settings.Email.Timeout.TotalSeconds, settings.Email.From);

    static System.Net.Mail.MailMessage Compose(MailMessage message, MailServer server, Guid key)
    {
        try
        {
            var mail = new System.Net.Mail.MailMessage { From = new MailAddress(server.From), Subject = message.Subject.ReplaceLineEndings(" ") };
            foreach (var address in message.To)
                mail.To.Add(new MailAddress(address));
            foreach (var address in message.Cc)
                mail.CC.Add(new MailAddress(address));
            foreach (var address in message.Bcc)
                mail.Bcc.Add(new MailAddress(address));
            mail.Headers.Add("Message-ID", $"<{key:N}@{mail.From.Host}>");
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Text, null, MediaTypeNames.Text.Plain));
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Html, null, MediaTypeNames.Text.Html));
            return mail;
        }
        catch (FormatException e)
        {
            throw new MailRefused($"Not a mail address: {e.Message}", e);
        }
    }
}

/// <summary>A mail that no repetition can deliver.</summary>
sealed class MailRefused(string message, Exception? cause = null) : Exception(message, cause);
