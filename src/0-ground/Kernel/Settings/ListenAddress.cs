using System.Globalization;
using System.Net;

namespace Postern.Kernel.Settings;

/// <summary>An address to listen on: <c>0.0.0.0:9000</c>, <c>[::]:9000</c>, <c>localhost:9000</c> or <c>:9000</c> for all of this machine's.</summary>
internal static class ListenAddress
{
    public static IPEndPoint? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        var host = text[..colon];
        var address = host switch
        {
            "" => IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            _ when host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') => null,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null,
        };
        return address is null ? null : new IPEndPoint(address, port);
    }
}
