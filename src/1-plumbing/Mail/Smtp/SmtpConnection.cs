using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Postern.Mail.Smtp;

/// <summary>Lines to and from one mail server (RFC 5321), plain or over TLS. Every step ends after the server's time limit; each is told to whoever listens.</summary>
sealed class SmtpConnection(MailServer server, X509Certificate2Collection? roots, TimeProvider clock, Action<string> tell) : IAsyncDisposable
{
    // RFC 5321 section 4.5.3.1.5 allows 512 bytes; some servers send more.
    const int LongestLine = 4096;
    const int MostLines = 100;

    readonly TcpClient client = new() { NoDelay = true };
    readonly byte[] buffer = new byte[LongestLine];
    Stream stream = Stream.Null;
    int start;
    int end;

    /// <summary>This side's address as a literal, to greet with.</summary>
    public string Self => Plain(client.Client.LocalEndPoint) is { Address: var own }
        ? own.AddressFamily is AddressFamily.InterNetworkV6 ? $"[IPv6:{own}]" : $"[{own}]"
        : "localhost";

    /// <summary>Connects, over TLS from the first byte where the server is set so, and reads the greeting.</summary>
    public async Task<SmtpReply> OpenAsync(CancellationToken cancellation)
    {
        tell(string.Create(CultureInfo.InvariantCulture, $"Connecting to {server.Host}, port {server.Port}."));
        await WithinAsync("the connection", async stop => await client.ConnectAsync(server.Host, server.Port, stop), cancellation);
        stream = client.GetStream();
        tell($"Connected to {Plain(client.Client.RemoteEndPoint)}.");
        if (server.UseSsl)
            await SecureAsync(cancellation);
        return await ReadAsync("the greeting", cancellation);
    }

    /// <summary>Starts TLS on the open connection. The server's certificate must be for its name and from a trusted authority.</summary>
    public async Task SecureAsync(CancellationToken cancellation)
    {
        // Whatever came before the handshake was not protected: somebody on the way may have put it there.
        if (start < end)
            throw new SmtpFailure($"{server.Host} sent more than its answer before TLS began. The connection may be tampered with.");
        var options = new SslClientAuthenticationOptions { TargetHost = server.Host };
        if (roots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        var tls = new SslStream(stream);
        stream = tls;
        await WithinAsync("the TLS handshake", stop => tls.AuthenticateAsClientAsync(options, stop), cancellation);
        tell($"TLS is on: {tls.SslProtocol}, certificate {tls.RemoteCertificate?.Subject} until {tls.RemoteCertificate?.GetExpirationDateString()}.");
    }

    /// <summary>Sends a command and reads the reply. What holds a secret is told as <paramref name="shown"/>.</summary>
    public async Task<SmtpReply> CommandAsync(string line, CancellationToken cancellation, string? shown = null)
    {
        tell($"> {shown ?? line}");
        await WriteAsync(Encoding.UTF8.GetBytes($"{line}\r\n"), shown ?? line, cancellation);
        return await ReadAsync(shown ?? line, cancellation);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, string step, CancellationToken cancellation) => WithinAsync(
        step,
        async stop =>
        {
            await stream.WriteAsync(bytes, stop);
            await stream.FlushAsync(stop);
        },
        cancellation);

    public async Task<SmtpReply> ReadAsync(string step, CancellationToken cancellation)
    {
        SmtpReply? reply = null;
        await WithinAsync($"the answer to {step}", async stop => reply = await ReplyAsync(stop), cancellation);
        tell($"< {reply}");
        return reply!;
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    static IPEndPoint? Plain(EndPoint? end) => end is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : end as IPEndPoint;

    async Task<SmtpReply> ReplyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || (line.Length > 3 && line[3] is not (' ' or '-')))
                throw new SmtpFailure($"{server.Host} does not speak SMTP: it answered “{line}”.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
        }
        throw new SmtpFailure($"{server.Host} answers without end.");
    }

    async Task<string> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer, start, length).TrimEnd('\r');
                start += length + 1;
                return line;
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
                throw new SmtpFailure($"{server.Host} does not speak SMTP: its line is too long.");
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            if (read == 0)
                throw new SmtpFailure($"{server.Host} closed the connection.");
            end += read;
        }
    }

    async Task WithinAsync(string step, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Max(1, server.TimeoutSeconds)), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpFailure(string.Create(CultureInfo.InvariantCulture, $"{server.Host} took longer than {Math.Max(1, server.TimeoutSeconds)} s over {step}."), e);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            throw new SmtpFailure($"{server.Host} failed over {step}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
