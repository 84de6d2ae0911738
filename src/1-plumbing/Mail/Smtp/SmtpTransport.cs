using System.Security.Cryptography.X509Certificates;
using Postern.Kernel.Settings;

namespace Postern.Mail.Smtp;

/// <summary>Sends mails by their own server or the one of the settings.</summary>
sealed class SmtpTransport(HostSettings settings, SubmitMail submit, TimeProvider clock)
{
    /// <summary>Sends one attempt of a mail to the recipients that are left. Faults of the server and of the mail: see <see cref="SubmitMail"/>.</summary>
    public Task<Delivery> SendAsync(MailMessage message, IReadOnlyCollection<string> recipients, Guid key, int attempt, Action<string> tell, CancellationToken cancellation)
    {
        var server = message.Server ?? Standard;
        var from = Mailbox.Parse(server.From);
        var content = ComposeMime.Of(message, from, key, attempt, clock.GetUtcNow());
        return submit.ExecuteAsync(server, Roots(), new Envelope(from, [.. recipients.Select(Mailbox.Parse)], content), tell, cancellation);
    }

    /// <summary>Goes as far as the greeting, TLS and the sign-in of the settings' server, and leaves again.</summary>
    /// <exception cref="SmtpFailure">It cannot be used; the message says why.</exception>
    public Task GreetAsync(CancellationToken cancellation) => submit.GreetAsync(Standard, Roots(), cancellation);

    /// <summary>The server of the settings.</summary>
    public MailServer Standard => new(
        settings.Email.Host, settings.Email.Port, settings.Email.Username, settings.Email.Password?.Reveal,
        settings.Email.UseTls, settings.Email.UseSsl, (int)settings.Email.Timeout.TotalSeconds, settings.Email.From);

    /// <summary>The authorities of <c>EMAIL__CA_FILE</c>, read each time so that a renewed file counts.</summary>
    X509Certificate2Collection? Roots()
    {
        if (settings.Email.CaFile is not { } file)
            return null;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            return roots;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new SmtpFailure($"The trusted certificates of EMAIL__CA_FILE cannot be read: {e.Message}", e);
        }
    }
}
