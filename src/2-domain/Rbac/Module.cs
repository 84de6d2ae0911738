using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Directory.Rights;
using Postern.Kernel.Access;
using Postern.Rbac.Grants;
using Postern.Rbac.Roles;
using Postern.Storage;

namespace Postern.Rbac;

/// <summary>Wires roles and the rights they hold.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(RoleKind.Kind);
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<GlobalGrants>();
        services.AddSingleton<PermissionCatalogue>().AddSingleton<IRights, RoleRights>();
        services.AddScoped<IAccess, RoleAccess>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
