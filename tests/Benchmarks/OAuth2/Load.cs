using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>Sends requests over a few connections for a while, the next one on each as soon as the last was answered.</summary>
static class Load
{
    public const int Connections = 32;

    /// <summary>The number of answers; every one must be a 200. <paramref name="seen"/> is told their bodies.</summary>
    public static async Task<LoadResult> RunAsync(int port, TimeSpan time, Func<byte[]> next, Action<string>? seen = null)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => ConnectionAsync(port, clock, time, next, seen))));
        return new LoadResult(counts.Sum(), clock.Elapsed);
    }

    public static byte[] Get(string path, string? authorization = null) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Authorization(authorization)}\r\n");

    public static byte[] Post(string path, string authorization, string form) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Authorization(authorization)}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));

    static string Authorization(string? value) => value is null ? "" : $"Authorization: {value}\r\n";

    static async Task<int> ConnectionAsync(int port, Stopwatch clock, TimeSpan time, Func<byte[]> next, Action<string>? seen)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var (buffer, count) = (new byte[64 * 1024], 0);
        while (clock.Elapsed < time)
        {
            await socket.SendAsync(next());
            var (length, header, all) = (0, 0, 0);
            while (header == 0 || length < all)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                length += read;
                if (header == 0 && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
                    (header, all) = (end + 4, end + 4 + ContentLength(buffer.AsSpan(0, end + 2)));
            }
            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, length));
            seen?.Invoke(Encoding.UTF8.GetString(buffer, header, all - header));
            count++;
        }
        return count;
    }

    static int ContentLength(ReadOnlySpan<byte> header)
    {
        var text = Encoding.ASCII.GetString(header);
        var at = text.IndexOf("\r\nContent-Length:", StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? throw new InvalidOperationException($"An answer without its length: {text}")
            : int.Parse(text.AsSpan(at + "\r\nContent-Length:".Length, text.IndexOf("\r\n", at + 2, StringComparison.Ordinal) - at - "\r\nContent-Length:".Length), CultureInfo.InvariantCulture);
    }
}

/// <summary>How many answers came in a time.</summary>
sealed record LoadResult(int Answers, TimeSpan Elapsed)
{
    public double PerSecond => Answers / Elapsed.TotalSeconds;
}
