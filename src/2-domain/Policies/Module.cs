using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Postern.Api;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.Policies;

/// <summary>Wires policies: kinds, bindings, engine.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(PolicyKind.Kind).AddKind(PolicyBindingKind.Kind);
        services.AddSingleton<PolicyPictures>();
        services.AddScoped<PolicyDoors>();
        services.AddScoped<UserGroups>();
        services.AddScoped<RunPolicy>();
        services.AddScoped(s => new PolicyEngine(s.GetRequiredService<PolicyPictures>(), s.GetRequiredService<RunPolicy>(), s.GetRequiredService<UserGroups>()));
        services.TryAddScoped<IPolicyJournal, LogJournal>();
    }

    public void Map(IEndpointRouteBuilder routes) => PoliciesApi.Map(routes);
}
