using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Settings;

namespace Postern.Hosting;

/// <summary>The web server of our programs.</summary>
public static class Listening
{
    public static void On(WebApplicationBuilder builder, HostSettings settings, bool listens = true)
    {
        builder.Services.AddSingleton<ServerCertificate>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            if (!listens)
                return;
            foreach (var address in settings.ListenHttp)
                kestrel.Listen(address);
            foreach (var address in settings.ListenHttps)
            {
                var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
                // One that cannot be used is told now, not to the first who comes.
                certificate.Current();
                kestrel.Listen(address, listener => listener.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }),
                }));
            }
        });
    }
}
