using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>A mail server on a free local port that takes everything and counts what each address got (RFC 5321, without TLS and sign-in).</summary>
sealed class CountingMailServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<string, int> received = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> messages = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stop = new();
    readonly Task serving;

    public CountingMailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Addresses that got something.</summary>
    public int Addresses => received.Count;

    /// <summary>Mails that came.</summary>
    public int Count => received.Values.Sum();

    /// <summary>Mails that are not the same one again: receivers know one by its Message-ID (RFC 5322 section 3.6.4).</summary>
    public int Messages => messages.Count;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end of the measurement.
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var to = new List<string>();
        try
        {
            await writer.WriteLineAsync("220 count");
            while (await reader.ReadLineAsync(stop.Token) is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                    to.Add(line);
                var isData = line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase);
                await writer.WriteLineAsync(isData ? "354 go on" : "250 ok");
                if (!isData)
                    continue;
                while (await reader.ReadLineAsync(stop.Token) is { } text && text != ".")
                {
                    if (text.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
                        messages.TryAdd(text, true);
                }
                foreach (var address in to)
                    received.AddOrUpdate(address, 1, static (_, n) => n + 1);
                to.Clear();
                await writer.WriteLineAsync("250 kept");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side was killed.
        }
    }
}
