using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Faults;

/// <summary>Clients that never finish what they say, or say too much; <c>Protection/HeaderTests</c> tries requests beyond the limits of size.</summary>
[Trait("Fault", "F22")]
public sealed class SlowRequestTests : IAsyncLifetime
{
    const int Crowd = 500;

    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-slow-");
    TestServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_LISTEN__HTTPS"] = "127.0.0.1:0", ["POSTERN_DATA"] = folder.FullName });

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Connections_that_never_finish_their_headers_keep_nobody_out_and_are_ended()
    {
        var slow = new List<TcpClient>();
        for (var i = 0; i < Crowd; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
            await client.GetStream().WriteAsync("GET /if/user/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "u8.ToArray(), Cancellation);
            slow.Add(client);
        }

        await AnswersOthersAsync();
        var ended = await Task.WhenAll(slow.Select(EndsAsync));

        Figures.Tell("F22", $"{Crowd} connections stopped in the middle of their headers; {ended.Count(e => e)} were ended by the server, and others were answered");
        ended.ShouldAllBe(e => e);
        slow.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task A_body_that_never_comes_is_not_waited_for()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        await client.GetStream().WriteAsync("POST /application/o/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\na="u8.ToArray(), Cancellation);
        await AnswersOthersAsync();
        (await EndsAsync(client)).ShouldBeTrue();
        Figures.Tell("F22", "a body of a megabyte was announced and never sent; the server ended the connection");
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /application/o/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Cancellation);
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('a', 0x10000)}\r\n");
        var sent = 0L;
        try
        {
            for (; sent < 100L * 1024 * 1024; sent += 0x10000)
                await stream.WriteAsync(chunk, Cancellation);
        }
        catch (IOException)
        {
            // Cut off.
        }
        Figures.Tell("F22", $"a body of 100 MB without a length was cut off after {sent / 1024 / 1024} MB");
        sent.ShouldBeLessThan(40L * 1024 * 1024);
        await AnswersOthersAsync();
    }

    [Fact]
    public async Task Streams_opened_and_reset_without_end_end_the_connection()
    {
        var https = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith("https", StringComparison.Ordinal)));
        using var client = new TcpClient();
        await client.ConnectAsync(https.Host, https.Port, Cancellation);
        await using var tls = new SslStream(client.GetStream());
        // The test looks at no certificate: it made this server itself.
        await tls.AuthenticateAsClientAsync(
            new() { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2], RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null }, Cancellation);
        tls.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http2);
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Cancellation);
        await tls.WriteAsync(Frame(type: 4, flags: 0, stream: 0, []), Cancellation);
        // GET https://localhost/-/health/live/, by the static table of RFC 7541.
        byte[] headers = [0x82, 0x87, 0x04, 15, .. "/-/health/live/"u8, 0x41, 9, .. "localhost"u8];
        // Made beforehand and sent many at once: streams that come one by one are answered before the next, which harms nobody.
        var bursts = Enumerable.Range(0, 500).Select(burst => Enumerable.Range(1_000 * burst, 1_000)
            .SelectMany(n => (byte[])[.. Frame(1, 5, (2 * n) + 1, headers), .. Frame(3, 0, (2 * n) + 1, [0, 0, 0, 8])]).ToArray()).ToList();
        var sent = 0;
        try
        {
            for (; sent < bursts.Count; sent++)
                await tls.WriteAsync(bursts[sent], Cancellation);
        }
        catch (IOException)
        {
            // Cut off.
        }
        Figures.Tell("F22", $"streams of HTTP/2 were opened and reset; the connection was cut off at {sent * 1_000} of them");
        sent.ShouldBeLessThan(bursts.Count);
        await AnswersOthersAsync();
    }

    async Task AnswersOthersAsync()
    {
        using var other = server.Program();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await other.GetAsync("/-/health/ready/", Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    /// <summary>Whether the server ends a connection by itself, within a minute.</summary>
    static async Task<bool> EndsAsync(TcpClient client)
    {
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancellation) > 0)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }
}
