using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Blueprints.Importing;
using Postern.Directory.Rights;
using Postern.Kernel.Access;
using Postern.Rbac.Grants;
using Postern.Rbac.Roles;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Rbac;

/// <summary>Wires roles and the rights they hold.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(RoleKind.Kind).AddKind(InitialPermissionsKind.Kind);
        services.AddSingleton<ITables, Tables>();
        services.AddSingleton<GlobalGrants>();
        services.AddSingleton<PermissionCatalogue>().AddScoped<IRights, RoleRights>();
        services.AddScoped<IAccess, RoleAccess>();
        services.AddSingleton<IObjectObserver, CreatorRights>();
        services.AddScoped<IObjectGrants, GrantInBlueprint>();
        services.AddScoped<GrantCeiling>().AddScoped<AssignPermissions>().AddScoped<FindGrants>().AddScoped<ChangeRoleMembers>().AddScoped<FindRoleSources>().AddScoped<ExplainRight>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        RoleApi.Map(routes);
        PermissionApi.Map(routes);
        ExplainApi.Map(routes);
    }
}
