using System.Net;
using System.Net.Sockets;

namespace Postern.Policies.Expressions.Requests;

/// <summary>
/// The HTTP client of expressions. Addresses are checked where the connection is made, after names are resolved, so that no name can be
/// pointed at a private address between a check and its use. It follows no redirects and keeps no cookies.
/// </summary>
sealed class AllowedHttp : IDisposable
{
    readonly ExpressionLimits limits;

    public AllowedHttp(ExpressionLimits limits)
    {
        this.limits = limits;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = limits.ConnectTime,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
        });
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("Postern");
    }

    public HttpClient Client { get; }

    /// <summary>The host is on the installation's list.</summary>
    public bool IsAllowed(string host) => limits.AllowedHosts.Any(allowed =>
        allowed is "*"
        || string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));

    public void Dispose() => Client.Dispose();

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var reachable = limits.AllowPrivateAddresses ? addresses : [.. addresses.Where(a => !PrivateAddress.Is(a))];
        if (reachable.Length == 0)
            throw new HttpRequestException($"{context.DnsEndPoint.Host} has no address that expressions may reach");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
