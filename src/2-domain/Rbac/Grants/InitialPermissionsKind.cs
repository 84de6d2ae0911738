using Postern.Storage.Kinds;

namespace Postern.Rbac.Grants;

/// <summary>The declaration of initial permissions.</summary>
public static class InitialPermissionsKind
{
    public static readonly ModelKind<InitialPermissions> Kind = ModelKind<InitialPermissions>.Declare("authentik_rbac.initialpermissions", static (k, kind) =>
    {
        k.Labels("Initial Permissions", "Initial Permissions").Path("rbac/initial_permissions").Table("initial_permissions");
        k.Key(i => i.Pk);
        k.Text("name", i => i.Name).Required().Unique().MaxLength(150);
        k.Reference("role", i => i.RolePk, "authentik_rbac.role");
        k.IntegerList("permissions", i => i.Permissions);
        k.Computed("permissions_obj", (_, context) =>
        {
            var catalogue = context.Get<PermissionCatalogue>();
            return ValueTask.FromResult<Func<InitialPermissions, object?>>(i => i.Permissions.Select(catalogue.Find).OfType<CataloguePermission>().Select(PermissionJson.Of).ToList());
        });
        k.Filters("name");
        k.Search(i => i.Name);
        k.Order("name", "pk");
        k.Validate(static async (initial, context) =>
        {
            var catalogue = context.Get<PermissionCatalogue>();
            foreach (var unknown in initial.Permissions.Where(p => catalogue.Find(p) is null))
                context.Errors.Add("permissions", $"Invalid pk \"{unknown}\" - object does not exist.");
            foreach (var known in initial.Permissions.Select(catalogue.Find).OfType<CataloguePermission>())
            {
                if (!context.Caller.IsSystem && !await context.Get<GrantCeiling>().HoldsAsync(context.Caller, known, key: null, context.Cancellation))
                    context.Errors.Add("permissions", $"User does not hold permission {known.Name}.");
            }
        });
    });
}
