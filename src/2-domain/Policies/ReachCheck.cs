using Postern.Kernel.Settings;
using Postern.Storage.Checks;

namespace Postern.Policies;

/// <summary>What expressions may reach over the network, and whose forwarding headers are believed.</summary>
sealed class ReachCheck(PosternSettings settings) : ICheck
{
    public string Name => "reach";

    public bool NeedsSchema => false;

    public Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        if (settings.Expressions.AllowedHosts.Contains("*", StringComparer.Ordinal))
            findings.Add(Finding.Warning("Expressions may reach any host (EXPRESSIONS__ALLOWED_HOSTS is *).", "Name the hosts that they need."));
        if (settings.Expressions.AllowPrivateAddresses)
            findings.Add(Finding.Warning("Expressions and webhooks may reach private addresses (EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES).", "Switch it off unless one of them must: who may write one can look around inside your network."));
        if (settings.TrustedProxies.Any(p => p.PrefixLength == 0))
            findings.Add(Finding.Error("Everybody's X-Forwarded-* headers are believed (LISTEN__TRUSTED_PROXY_CIDRS holds all addresses).", "Name your proxies alone: anybody can claim any address now."));
        return Task.FromResult<IReadOnlyList<Finding>>(findings.Count > 0 ? findings : [Finding.Good("Expressions reach the named hosts alone, and forwarding headers count from named proxies alone.")]);
    }
}
