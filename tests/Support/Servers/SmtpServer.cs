using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Tests.Support.Servers;

/// <summary>A mail server on a free local port that keeps what it is sent (RFC 5321, without TLS and sign-in), and misbehaves where it is told to.</summary>
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

    /// <summary>Says nothing more and keeps the connection.</summary>
    public const string Silence = "silence";

    /// <summary>Ends the connection.</summary>
    public const string HangUp = "hang up";

    /// <summary>What it answers instead of the usual, by command line (<c>RCPT TO:&lt;a@example.org&gt;</c>; <c>220</c> for the greeting, <c>.</c> for the end of a message); null for the usual.</summary>
    public Func<string, string?> Fault { get; set; } = static _ => null;

    /// <summary>Connections so far.</summary>
    public int Visits { get; private set; }

    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (mails)
                return [.. mails];
        }
    }

    /// <summary>The last mail to an address, of those with this subject where one is given.</summary>
    public ReceivedMail LastTo(string address, string? subject = null) => Mails.Last(m => m.To.Contains(address, StringComparer.OrdinalIgnoreCase) && (subject is null || m.Subject == subject));

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
            {
                var visitor = await listener.AcceptTcpClientAsync(stop.Token);
                Visits++;
                visits.Add(TalkAsync(visitor));
            }
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
            await SayAsync("220", "220 test", writer);
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb is "QUIT")
                    break;
                if (verb is "MAIL")
                    to.Clear();
                var answer = await SayAsync(line, verb switch { "EHLO" => "250-test\r\n250 8BITMIME", "DATA" => "354 go on", _ => "250 ok" }, writer);
                if (verb is "RCPT" && answer.StartsWith('2'))
                    to.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                if (verb is "DATA" && answer.StartsWith('3'))
                {
                    var text = await BodyAsync(reader);
                    if (Fault(".") is null)
                    {
                        lock (mails)
                            mails.Add(new ReceivedMail([.. to], text));
                    }
                    await SayAsync(".", "250 kept", writer);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side went away.
        }
    }

    async Task<string> SayAsync(string line, string usual, StreamWriter writer)
    {
        var answer = Fault(line) ?? usual;
        if (answer is HangUp)
            throw new IOException(HangUp);
        if (answer is Silence)
            await Task.Delay(Timeout.Infinite, stop.Token);
        await writer.WriteLineAsync(answer);
        return answer;
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

    public string Subject => Decoded(Header("Subject"));

    /// <summary>A header's value on one line; empty where there is none.</summary>
    public string Header(string name)
    {
        var head = Raw.ReplaceLineEndings("\n").Split("\n\n")[0].Replace("\n ", " ", StringComparison.Ordinal);
        return head.Split('\n').FirstOrDefault(l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
    }

    /// <summary>RFC 2047, as base64 alone.</summary>
    static string Decoded(string header) => header.Contains("=?utf-8?B?", StringComparison.Ordinal)
        ? string.Concat(header.Split(' ').Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2]))))
        : header;

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
