using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Registration;

/// <summary>Beside which providers others may be registered, at one moment.</summary>
sealed class RegistrationPicture(IEnumerable<DynamicRegistration> registrations)
{
    public const string Table = "oauth2_registration";

    readonly FrozenDictionary<int, DynamicRegistration> byProvider = registrations.ToFrozenDictionary(r => r.ProviderId);

    public DynamicRegistration? OfProvider(int provider) => byProvider.GetValueOrDefault(provider);

    internal static Snapshot<RegistrationPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare<RegistrationPicture>([Table], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        return new(await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<DynamicRegistration>().AsNoTracking().ToListAsync(cancellation));
    });
}
