using System.Net;
using System.Net.Sockets;

namespace Postern.Kernel.Outbound;

/// <summary>
/// Connections to addresses that others name. Checked where the connection is made, after names are resolved, so that no name can be
/// pointed at a private address between a check and its use.
/// </summary>
public static class GuardedConnection
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>; <paramref name="who"/> stands in the refusal ("expressions").</summary>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint end, bool allowPrivate, string who, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellation);
        var reachable = allowPrivate ? addresses : [.. addresses.Where(a => !PrivateAddress.Is(a))];
        if (reachable.Length == 0)
            throw new HttpRequestException($"{end.Host} has no address that {who} may reach");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, end.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
