using System.Text;

namespace Postern.Mail.Smtp;

/// <summary>Signs in to a mail server with name and password (RFC 4954): by PLAIN (RFC 4616), else by LOGIN.</summary>
static class SmtpSignIn
{
    public static async Task ExecuteAsync(SmtpConnection connection, SmtpReply offered, string name, string password, CancellationToken cancellation)
    {
        var ways = (offered.Extension("AUTH") ?? throw new SmtpFailure("The server takes no user name and password. It may do so only over TLS.")).ToUpperInvariant().Split(' ');
        if (ways.Contains("PLAIN", StringComparer.Ordinal))
        {
            Check(await connection.CommandAsync($"AUTH PLAIN {Encoded($"\0{name}\0{password}")}", cancellation, "AUTH PLAIN ***"));
            return;
        }
        if (!ways.Contains("LOGIN", StringComparer.Ordinal))
            throw new SmtpFailure($"The server takes none of the ways to sign in that are known here (PLAIN, LOGIN): {string.Join(' ', ways)}.");
        SubmitMail.Expect(await connection.CommandAsync("AUTH LOGIN", cancellation), 334, "AUTH LOGIN");
        SubmitMail.Expect(await connection.CommandAsync(Encoded(name), cancellation, "(user name)"), 334, "the user name");
        Check(await connection.CommandAsync(Encoded(password), cancellation, "(password)"));
    }

    static void Check(SmtpReply reply) => SubmitMail.Expect(reply, 235, "the user name or password");

    static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
