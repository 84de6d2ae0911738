using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Applications;
using Postern.Keys;
using Postern.OAuth2.Clients;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2;

/// <summary>Wires OAuth2 and OpenID Connect.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(OAuth2ProviderKind.Kind);
        services.AddSingleton(s => ClientPicture.Watch(
            s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<Snapshot<ApplicationPicture>>(), s.GetRequiredService<Snapshot<KeyPicture>>(), s.GetRequiredService<SecretSeal>()));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
