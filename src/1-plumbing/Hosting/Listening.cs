using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Postern.Hosting;

/// <summary>The web server of our programs.</summary>
public static class Listening
{
    public static void On(WebApplicationBuilder builder, IEnumerable<IPEndPoint> addresses) => builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
        foreach (var address in addresses)
            kestrel.Listen(address);
    });
}
