using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Applications.Entitlements;
using Postern.Applications.Mappings;
using Postern.Applications.Providers;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Applications;

/// <summary>All applications, providers and property mappings at one moment. What comes out of it is shared: read it, never change it.</summary>
public sealed class ApplicationPicture
{
    readonly FrozenDictionary<string, Application> bySlug;
    readonly FrozenDictionary<Guid, Application> byPk;
    readonly FrozenDictionary<int, Application> byProvider;
    readonly FrozenDictionary<int, Provider> providers;
    readonly FrozenDictionary<Guid, PropertyMapping> mappings;
    readonly ILookup<Guid, ApplicationEntitlement> entitlements;

    internal ApplicationPicture(
        IReadOnlyList<Application> applications, IReadOnlyList<Provider> providers, IReadOnlyList<PropertyMapping> mappings, IReadOnlyList<BackchannelProvider> behind,
        IReadOnlyList<ApplicationEntitlement> entitlements)
    {
        Applications = [.. applications.OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Slug, StringComparer.Ordinal)];
        bySlug = applications.ToFrozenDictionary(a => a.Slug, StringComparer.Ordinal);
        byPk = applications.ToFrozenDictionary(a => a.Pk);
        this.providers = providers.ToFrozenDictionary(p => p.Id);
        this.mappings = mappings.ToFrozenDictionary(m => m.Pk);
        this.entitlements = entitlements.OrderBy(e => e.Name, StringComparer.Ordinal).ToLookup(e => e.App);
        byProvider = applications.Where(a => a.ProviderId is not null).ToFrozenDictionary(a => a.ProviderId!.Value);
        foreach (var pairs in behind.GroupBy(b => b.ApplicationPk))
        {
            if (byPk.TryGetValue(pairs.Key, out var application))
                application.BackchannelProviders = [.. pairs.Select(b => b.ProviderId)];
        }
    }

    /// <summary>Applications by name.</summary>
    public IReadOnlyList<Application> Applications { get; }

    public IEnumerable<Provider> Providers => providers.Values;

    public Application? Find(string slug) => bySlug.GetValueOrDefault(slug);

    public Application? Find(Guid pk) => byPk.GetValueOrDefault(pk);

    /// <summary>The application that people reach through a provider.</summary>
    public Application? OfProvider(int provider) => byProvider.GetValueOrDefault(provider);

    public Provider? Provider(int id) => providers.GetValueOrDefault(id);

    /// <summary>The provider people reach an application through.</summary>
    public Provider? ProviderOf(Application application) => application.ProviderId is { } id ? Provider(id) : null;

    public IEnumerable<PropertyMapping> Mappings => mappings.Values;

    public PropertyMapping? Mapping(Guid pk) => mappings.GetValueOrDefault(pk);

    /// <summary>Mappings of a provider, in the order they are named.</summary>
    public IEnumerable<PropertyMapping> MappingsOf(Provider provider) => provider.PropertyMappings.Select(Mapping).OfType<PropertyMapping>();

    /// <summary>Entitlements of an application by name.</summary>
    public IEnumerable<ApplicationEntitlement> EntitlementsOf(Guid application) => entitlements[application];

    /// <summary>Where an application opens, before details of a user are filled in; empty for nowhere.</summary>
    public string LaunchUrlOf(Application application) =>
        application.MetaLaunchUrl.Length > 0 ? application.MetaLaunchUrl : ProviderOf(application)?.LaunchUrl ?? "";

    internal static Snapshot<ApplicationPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) =>
        hub.Declare(["application", "provider", "property_mapping", "application_backchannel_provider", "application_entitlement"], cancellation => LoadAsync(scopes, cancellation));

    static async Task<ApplicationPicture> LoadAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        return new ApplicationPicture(
            await db.Set<Application>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<Provider>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<PropertyMapping>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<BackchannelProvider>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<ApplicationEntitlement>().AsNoTracking().ToListAsync(cancellation));
    }
}
