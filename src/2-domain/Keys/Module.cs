using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Events.Chain;
using Postern.Storage;
using Postern.Storage.Checks;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.Keys;

/// <summary>Wires certificates and keys.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(CertificateKeyPairKind.Kind);
        services.AddSingleton(new SealedColumn("certificate_key_pair", "pk", "key_data", CertificateKeyPair.Purpose));
        services.AddSingleton(s => KeyPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<SecretSeal>()));
        services.AddScoped<GenerateKeyPair>();
        services.AddScoped<RevealKeyPair>();
        services.AddCheck<KeysCheck>();
        services.AddScoped<IStartTask, FirstKeyPair>();
        services.AddSingleton<ISignAudit, SignAudit>();
    }

    public void Map(IEndpointRouteBuilder routes) => KeyApi.Map(routes);
}
