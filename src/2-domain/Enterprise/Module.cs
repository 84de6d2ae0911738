using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Postern.Api;
using Postern.Enterprise.Gates;
using Postern.Enterprise.Licenses;
using Postern.Enterprise.Notices;
using Postern.Enterprise.ReadOnly;
using Postern.Enterprise.Usage;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Licensing;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Enterprise;

/// <summary>Wires licences: keys, counted people, the ladder of consequences.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(LicenseKind.Kind);
        services.AddSingleton<ITables, Tables>();
        services.TryAddSingleton(static _ => new LicenseVerifier(TrustedRoots.All));
        services.AddSingleton<VerifyLicense>();
        services.AddSingleton(static s => LicensePicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton(static s => new ReadLicenses(s.GetRequiredService<Snapshot<LicensePicture>>(), s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<TimeProvider>()));
        services.AddScoped<NoteSeenKey>().AddScoped<CaptureUsage>().AddScoped<PreviewLicense>().AddScoped<ReadUsage>().AddScoped<TellAdministrators>();
        services.AddJob<CaptureJob>(CaptureJob.Name, every: TimeSpan.FromHours(2));
        services.AddSingleton<IRequestStep, ReadOnlyGate>().AddSingleton<ILicenseRules, LicenseRules>();
    }

    public void Map(IEndpointRouteBuilder routes) => LicenseApi.Map(routes);
}
