using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Tests.Support.Servers;

/// <summary>A mail server on a free local port that keeps what it is sent (RFC 5321, without TLS and sign-in).</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly List<ReceivedMail> mails = [];
    readonly Task serving;

    public SmtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it answers to a recipient; anything that does not begin with 2 refuses.</summary>
    public string RecipientAnswer { get; set; } = "250 ok";

    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (mails)
                return [.. mails];
        }
    }

    public ReceivedMail LastTo(string address) => Mails.Last(m => m.To.Contains(address, StringComparer.OrdinalIgnoreCase));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    async Task ServeAsync()
    {
        var visits = new List<Task>();
        try
        {
            while (true)
                visits.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(visits);
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var to = new List<string>();
        try
        {
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb is "QUIT")
                    break;
                if (verb is "MAIL")
                    to.Clear();
                if (verb is "RCPT" && RecipientAnswer.StartsWith('2'))
                    to.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                await writer.WriteLineAsync(verb switch { "EHLO" => "250 8BITMIME", "DATA" => "354 go on", "RCPT" => RecipientAnswer, _ => "250 ok" });
                if (verb is "DATA")
                {
                    var text = await BodyAsync(reader);
                    lock (mails)
                        mails.Add(new ReceivedMail([.. to], text));
                    await writer.WriteLineAsync("250 kept");
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side went away.
        }
    }

    async Task<string> BodyAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
            text.AppendLine(line.StartsWith('.') ? line[1..] : line);
        return text.ToString();
    }
}

/// <summary>A mail as it came over the wire.</summary>
public sealed record ReceivedMail(IReadOnlyList<string> To, string Raw)
{
    /// <summary>The plain-text part, decoded.</summary>
    public string Text
    {
        get
        {
            var part = Raw.Split("\r\n\r\n", StringSplitOptions.None).Length > 1 ? Raw : Raw.ReplaceLineEndings("\r\n");
            var head = part.IndexOf("text/plain", StringComparison.OrdinalIgnoreCase);
            var start = part.IndexOf("\r\n\r\n", head < 0 ? 0 : head, StringComparison.Ordinal) + 4;
            var end = part.IndexOf("\r\n--", start, StringComparison.Ordinal);
            var body = end < 0 ? part[start..] : part[start..end];
            var headers = part[..start];
            return headers.LastIndexOf("base64", StringComparison.OrdinalIgnoreCase) > head
                ? Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings("")))
                : Unquote(body);
        }
    }

    public string Subject => Raw.ReplaceLineEndings("\n").Split('\n').First(l => l.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase))["Subject:".Length..].Trim();

    static string Unquote(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
