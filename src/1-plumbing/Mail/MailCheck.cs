using System.Globalization;
using Postern.Mail.Smtp;
using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Mail;

/// <summary>Whether the mail server answers, and what became of mails. Nothing is sent.</summary>
sealed class MailCheck(SmtpTransport transport, PosternDb db) : ICheck
{
    public string Name => "mail";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var server = transport.Standard;
        var place = string.Create(CultureInfo.InvariantCulture, $"{server.Host}, port {server.Port}");
        try
        {
            await transport.GreetAsync(cancellation);
        }
        catch (SmtpFailure e)
        {
            findings.Add(Finding.Error($"The mail server {place} cannot be used: {e.Message}", "Set EMAIL__HOST and its siblings, then try: postern mail test you@example.org"));
        }
        if (server is { UseTls: false, UseSsl: false, Username.Length: > 0 })
            findings.Add(Finding.Warning($"The password for the mail server {place} goes over the network unprotected.", "Set EMAIL__USE_TLS, or EMAIL__USE_SSL."));
        var failed = await db.ScalarAsync<long>("SELECT count(*) FROM mail WHERE state = 'failed'", cancellation);
        if (failed > 0)
            findings.Add(Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{failed} mails were given up."), "System > Mail shows why; they can be sent again from there."));
        return findings.Count > 0 ? findings : [Finding.Good($"The mail server {place} answers, and no mail was given up.")];
    }
}
