using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Kernel.Settings;

namespace Postern.Api.Http;

/// <summary>Where names are configured, answers under these and no others; probes of the server's health may use any.</summary>
public sealed class TrustedHosts(HostSettings settings) : IRequestStep
{
    public int Order => 105;

    public void Use(IApplicationBuilder app)
    {
        if (settings.TrustedHosts.Count > 0)
            app.Use((http, next) => IsTrusted(http.Request.Host.Host) || http.Request.Path.StartsWithSegments("/-/health", StringComparison.Ordinal)
                ? next(http)
                : FaultResult.Detail("This server does not answer under this name.", StatusCodes.Status400BadRequest).ExecuteAsync(http));
    }

    bool IsTrusted(string host) => settings.TrustedHosts.Any(t => t.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(t[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(t, StringComparison.OrdinalIgnoreCase));
}
