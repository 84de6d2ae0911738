using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Applications.Access;
using Postern.Applications.Entitlements;
using Postern.Applications.Expressions;
using Postern.Applications.Icons;
using Postern.Applications.Mappings;
using Postern.Applications.Providers;
using Postern.Applications.Transactions;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Applications;

/// <summary>Wires applications: kinds, who may use them, providers' and mappings' families.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ITables, Tables>();
        services.AddKind(PropertyMappingKind.Kind).AddKind(ProviderKind.Kind).AddKind(ApplicationKind.Kind);
        services.AddKind(ScopeMappingKind.Kind).AddKind(ApplicationEntitlementKind.Kind);
        services.AddPolicyTarget(ApplicationEntitlementKind.Kind, Binds.Group | Binds.User);
        services.AddScoped<FindEntitlements>();
        services.AddApplicationExpressions();
        services.AddSingleton(s => ApplicationPicture.Watch(s.GetRequiredService<SnapshotHub>(), s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<DecideAccess>();
        services.AddScoped<ListApplications>();
        services.AddScoped<CheckAccess>().AddScoped<FindEffectiveAccess>();
        services.AddScoped<FindMyApplications>();
        services.AddScoped<LaunchApplication>();
        services.AddScoped<CreateWithProvider>().AddScoped<TestMapping>().AddScoped<SetIcon>();
        services.AddPolicyTarget(ApplicationKind.Kind);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        ApplicationApi.Map(routes);
        IconApi.Map(routes);
        TransactionApi.Map(routes);
        TestMappingApi.Map(routes);
    }
}
