using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Registration;

/// <summary>Beside which providers others may be registered, and which were, at one moment.</summary>
sealed class RegistrationPicture(IEnumerable<DynamicRegistration> registrations, IEnumerable<(int Provider, int Beside)> registered)
{
    public static readonly string[] Tables = ["oauth2_registration", "oauth2_registered_client"];

    readonly FrozenDictionary<int, DynamicRegistration> byProvider = registrations.ToFrozenDictionary(r => r.ProviderId);
    readonly FrozenDictionary<int, int> besides = registered.ToFrozenDictionary(r => r.Provider, r => r.Beside);

    public DynamicRegistration? OfProvider(int provider) => byProvider.GetValueOrDefault(provider);

    /// <summary>The provider that one was registered beside; null for none.</summary>
    public int? BesideOf(int provider) => besides.TryGetValue(provider, out var beside) ? beside : null;

    internal static Snapshot<RegistrationPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare<RegistrationPicture>(Tables, async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var registered = await db.Database.SqlQueryRaw<Registered>("SELECT provider_id AS provider, beside_id AS beside FROM oauth2_registered_client WHERE beside_id IS NOT NULL").ToListAsync(cancellation);
        return new(await db.Set<DynamicRegistration>().AsNoTracking().ToListAsync(cancellation), registered.Select(r => (r.Provider, r.Beside)));
    });

    sealed record Registered(int Provider, int Beside);
}
