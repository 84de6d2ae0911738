using Postern.Applications;
using Postern.Applications.Mappings;
using Postern.Applications.Providers;
using Postern.Flows;
using Postern.Storage.Snapshots;

namespace Postern.Web.Admin.Applications;

/// <summary>What a provider starts with in the wizard: the shipped flows, and the scopes that most applications ask for.</summary>
sealed class WizardDefaults(Snapshot<FlowPicture> flows, Snapshot<ApplicationPicture> applications)
{
    static readonly string[] Scopes = ["openid", "email", "profile"];

    public async ValueTask FillAsync(Provider provider, CancellationToken cancellation)
    {
        var picture = await flows.GetAsync(cancellation);
        provider.AuthorizationFlow ??= picture.Find("default-provider-authorization-implicit-consent")?.Pk;
        provider.InvalidationFlow ??= picture.Find("default-provider-invalidation-flow")?.Pk;
        if (provider.PropertyMappings.Count == 0)
        {
            provider.PropertyMappings = [.. (await applications.GetAsync(cancellation)).Mappings.OfType<ScopeMapping>()
                .Where(m => m.Managed is not null && Scopes.Contains(m.ScopeName, StringComparer.Ordinal)).Select(m => m.Pk)];
        }
    }
}
