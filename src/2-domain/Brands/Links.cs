using Microsoft.AspNetCore.Http;
using Postern.Brands.Settings;
using Postern.Kernel.Settings;
using Postern.Storage.Snapshots;

namespace Postern.Brands;

/// <summary>
/// Builds absolute links: from the configured address, else from the host of the request when it is one this installation answers to — a brand's domain, an address, or this machine.
/// </summary>
public sealed class Links(PosternSettings environment, Snapshot<SystemSettings> settings, Snapshot<BrandPicture> brands)
{
    /// <summary>The address without a slash at the end; null when nothing configured and no trusted host is at hand.</summary>
    public async ValueTask<string?> BaseAsync(HttpRequest? request, CancellationToken cancellation)
    {
        if (environment.BaseUrl is { } fixedUrl)
            return fixedUrl.ToString().TrimEnd('/');
        if ((await settings.GetAsync(cancellation)).BaseUrl is { Length: > 0 } configured)
            return configured.TrimEnd('/');
        if (request is null || !await IsTrustedAsync(request.Host, cancellation))
            return null;
        return $"{request.Scheme}://{request.Host}{request.PathBase}".TrimEnd('/');
    }

    /// <summary>An absolute link where possible, else the path alone: never a link to a host that a stranger named.</summary>
    public async ValueTask<string> ToAsync(string path, HttpRequest? request, CancellationToken cancellation) =>
        $"{await BaseAsync(request, cancellation)}{path}";

    async ValueTask<bool> IsTrustedAsync(HostString host, CancellationToken cancellation)
    {
        var name = host.Host;
        if (System.Net.IPAddress.TryParse(name.Trim('[', ']'), out _) || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        var brand = (await brands.GetAsync(cancellation)).For(name);
        return name.Equals(brand.Domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{brand.Domain}", StringComparison.OrdinalIgnoreCase);
    }
}
