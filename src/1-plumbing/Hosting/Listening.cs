using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Settings;

namespace Postern.Hosting;

/// <summary>The web server of our programs.</summary>
public static class Listening
{
    /// <summary>
    /// One that takes nothing from its surroundings. The framework's own reads settings from files in the current directory too, and watches all that is
    /// below it for changes, which takes long in a large one.
    /// </summary>
    public static WebApplicationBuilder Bare(Action<KestrelServerOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            configure(kestrel);
        });
        return builder;
    }

    /// <summary>One that logs and listens as the settings say.</summary>
    public static WebApplicationBuilder On(HostSettings settings, bool listens = true)
    {
        var builder = Bare(kestrel =>
        {
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
        Logs.Configure(builder.Logging, settings);
        builder.Services.AddSingleton<ServerCertificate>();
        return builder;
    }
}
