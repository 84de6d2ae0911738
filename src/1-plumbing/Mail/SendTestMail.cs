using System.Globalization;
using Postern.Kernel.Settings;
using Postern.Mail.Languages;
using Postern.Mail.Smtp;

namespace Postern.Mail;

/// <summary>Sends one mail at once, past the outbox, and tells in plain words what happens at each step.</summary>
public sealed class SendTestMail
{
    readonly SmtpTransport transport;
    readonly MailTemplates templates;

    internal SendTestMail(SmtpTransport transport, MailTemplates templates) => (this.transport, this.templates) = (transport, templates);

    /// <summary>For programs that run beside an installation: its settings are all that is needed.</summary>
    public static SendTestMail Beside(HostSettings settings, TimeProvider clock) => new(new SmtpTransport(settings, new SubmitMail(clock), clock), new MailTemplates(settings));

    /// <summary>Sends the template <c>email/setup.html</c>. Answers whether the server took it.</summary>
    public Task<bool> ExecuteAsync(string to, Action<string> tell, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var (html, text) = MailTemplates.Render("email/setup.html", values, templates, Language.Standard);
        return ExecuteAsync(new MailMessage { To = [to], Subject = "Test mail", Html = html, Text = text }, tell, cancellation);
    }

    /// <summary>Sends this mail. Answers whether the server took it.</summary>
    public async Task<bool> ExecuteAsync(MailMessage message, Action<string> tell, CancellationToken cancellation)
    {
        var (server, key) = (message.Server ?? transport.Standard, Guid.NewGuid());
        tell(string.Create(CultureInfo.InvariantCulture, $"From {server.From} to {string.Join(", ", message.To)}, by {server.Host}, port {server.Port}, {Protection(server)}, {Identity(server)}."));
        try
        {
            var delivery = await transport.SendAsync(message, [.. message.To], key, attempt: 1, tell, cancellation);
            foreach (var refused in delivery.Later.Concat(delivery.Refused))
                tell($"Not sent: {refused.Reason}");
            if (delivery.Taken.Count == 0)
                return false;
        }
        catch (Exception e) when (e is SmtpFailure or MailRefused)
        {
            tell($"Not sent: {e.Message}");
            return false;
        }
        if (server is { UseTls: false, UseSsl: false, Username.Length: > 0 })
            tell("Note: user name and password went over the network unprotected. Set EMAIL__USE_TLS (STARTTLS, often port 587) or EMAIL__USE_SSL (often port 465).");
        tell($"The server took the mail. It knows it by the Message-ID {key:N}; whether it reaches the mailbox is now up to that server.");
        return true;
    }

    static string Protection(MailServer server) => server.UseSsl ? "over TLS" : server.UseTls ? "over TLS by STARTTLS" : "without TLS";

    static string Identity(MailServer server) => server.Username is { Length: > 0 } name ? $"as {name}" : "without signing in";
}
