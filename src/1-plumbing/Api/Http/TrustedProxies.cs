using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Postern.Kernel.Settings;

namespace Postern.Api.Http;

/// <summary>Takes the client's address, scheme and host from forwarding headers, but only from the proxies that the settings trust.</summary>
public sealed class TrustedProxies(HostSettings settings) : IRequestStep
{
    public int Order => 100;

    public void Use(IApplicationBuilder app)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
