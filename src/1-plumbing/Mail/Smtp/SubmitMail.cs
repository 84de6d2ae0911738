using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Mail.Smtp;

/// <summary>Hands one message to a mail server: EHLO, STARTTLS, AUTH, MAIL, RCPT for each recipient, DATA (RFC 5321, 3207, 4954).</summary>
sealed class SubmitMail(TimeProvider clock)
{
    /// <summary>Sends the message to those recipients that the server takes; the outcome names the others with what it said of them.</summary>
    /// <param name="tell">Hears each step; secrets are left out.</param>
    /// <exception cref="SmtpFailure">Nobody got it, but may later.</exception>
    /// <exception cref="MailRefused">The server will not take this message.</exception>
    public async Task<Delivery> ExecuteAsync(MailServer server, X509Certificate2Collection? roots, Envelope envelope, Action<string> tell, CancellationToken cancellation)
    {
        await using var connection = new SmtpConnection(server, roots, clock, tell);
        var offered = await EnterAsync(connection, server, cancellation);
        var delivery = await AddressAsync(connection, offered, envelope, cancellation);
        if (delivery.Taken.Count > 0)
        {
            Expect(await connection.CommandAsync("DATA", cancellation), 354, "DATA");
            tell(string.Create(CultureInfo.InvariantCulture, $"> (the message, {envelope.Content.Length} bytes)"));
            await connection.WriteAsync(DotStuffed(envelope.Content.Span), "the message", cancellation);
            var end = await connection.ReadAsync("the message", cancellation);
            if (end.Code >= 500)
                throw new MailRefused($"The server refused the message: {end}");
            Expect(end, 250, "the message");
        }
        await LeaveAsync(connection, cancellation);
        return delivery;
    }

    /// <summary>Does all that comes before a message, and leaves.</summary>
    public async Task GreetAsync(MailServer server, X509Certificate2Collection? roots, CancellationToken cancellation)
    {
        await using var connection = new SmtpConnection(server, roots, clock, static _ => { });
        await EnterAsync(connection, server, cancellation);
        await LeaveAsync(connection, cancellation);
    }

    static async Task<SmtpReply> EnterAsync(SmtpConnection connection, MailServer server, CancellationToken cancellation)
    {
        try
        {
            var offered = await GreetAsync(connection, server, cancellation);
            if (server.Username is { Length: > 0 } name)
                await SmtpSignIn.ExecuteAsync(connection, offered, name, server.Password ?? "", cancellation);
            return offered;
        }
        catch (SmtpFailure e)
        {
            e.BeforeMail = true;
            throw;
        }
    }

    static async Task<SmtpReply> GreetAsync(SmtpConnection connection, MailServer server, CancellationToken cancellation)
    {
        Expect(await connection.OpenAsync(cancellation), 220, "the connection");
        var offered = await HelloAsync(connection, cancellation);
        if (server.UseSsl || !server.UseTls)
            return offered;
        if (offered.Extension("STARTTLS") is null)
            throw new SmtpFailure($"{server.Host} does not offer STARTTLS, so that nothing was sent.");
        Expect(await connection.CommandAsync("STARTTLS", cancellation), 220, "STARTTLS");
        await connection.SecureAsync(cancellation);
        return await HelloAsync(connection, cancellation);
    }

    static async Task<SmtpReply> HelloAsync(SmtpConnection connection, CancellationToken cancellation) =>
        Expect(await connection.CommandAsync($"EHLO {connection.Self}", cancellation), 250, "EHLO");

    static async Task<Delivery> AddressAsync(SmtpConnection connection, SmtpReply offered, Envelope envelope, CancellationToken cancellation)
    {
        // RFC 6531: addresses beyond ASCII need the server's consent.
        var international = offered.Extension("SMTPUTF8") is not null;
        if (!envelope.From.IsAscii && !international)
            throw new SmtpFailure($"The server takes no addresses with other letters than ASCII, such as the sender {envelope.From.Address}.");
        var needed = !envelope.From.IsAscii || envelope.Recipients.Any(r => !r.IsAscii);
        var options = needed && international ? " BODY=8BITMIME SMTPUTF8" : "";
        Expect(await connection.CommandAsync($"MAIL FROM:<{envelope.From.Address}>{options}", cancellation), 250, $"the sender {envelope.From.Address}");
        var delivery = new Delivery();
        foreach (var recipient in envelope.Recipients)
        {
            if (!recipient.IsAscii && !international)
            {
                delivery.Refused.Add(new(recipient.Address, "The server takes no addresses with other letters than ASCII."));
                continue;
            }
            var reply = await connection.CommandAsync($"RCPT TO:<{recipient.Address}>", cancellation);
            if (reply.Code is 250 or 251)
                delivery.Taken.Add(recipient.Address);
            else
                (reply.IsTemporary ? delivery.Later : delivery.Refused).Add(new(recipient.Address, $"The server refused the recipient {recipient.Address}: {reply}"));
        }
        return delivery;
    }

    /// <summary>The message is delivered whether or not the server says goodbye.</summary>
    static async Task LeaveAsync(SmtpConnection connection, CancellationToken cancellation)
    {
        try
        {
            await connection.CommandAsync("QUIT", cancellation);
        }
        catch (SmtpFailure)
        {
            // It hung up first.
        }
    }

    internal static SmtpReply Expect(SmtpReply reply, int code, string step) =>
        reply.Code == code ? reply : throw new SmtpFailure($"The server refused {step}: {reply}");

    /// <summary>RFC 5321 section 4.5.2: a line that begins with a dot gets another, and a lone dot ends the message.</summary>
    internal static byte[] DotStuffed(ReadOnlySpan<byte> content)
    {
        var text = new List<byte>(content.Length + 64);
        var atStart = true;
        foreach (var value in content)
        {
            if (atStart && value == '.')
                text.Add((byte)'.');
            text.Add(value);
            atStart = value == '\n';
        }
        if (!atStart)
            text.AddRange("\r\n"u8);
        text.AddRange(".\r\n"u8);
        return [.. text];
    }
}

/// <summary>A message with the addresses that the server acts on.</summary>
sealed record Envelope(Mailbox From, IReadOnlyList<Mailbox> Recipients, ReadOnlyMemory<byte> Content);

/// <summary>Who got a message, who may get it later and who never will, each with what the server said.</summary>
sealed class Delivery
{
    public List<string> Taken { get; } = [];

    public List<NotTaken> Later { get; } = [];

    public List<NotTaken> Refused { get; } = [];
}

/// <summary>A recipient the server did not take.</summary>
sealed record NotTaken(string Address, string Reason);
