using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Rbac.Grants;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Roles;

/// <summary>Rights on everything that a blueprint gives a role: a list of <c>app.codename</c>. Others that the role holds stay.</summary>
static class RoleGrants
{
    public static async ValueTask FromBlueprintAsync(Role role, SaveContext context)
    {
        if (!context.Extras.TryGetValue("permissions", out var given))
            return;
        if (given is not JsonArray list)
        {
            context.Errors.Add("permissions", "Expected a list of items.");
            return;
        }
        var catalogue = context.Get<PermissionCatalogue>();
        var held = await context.Db.Set<RolePermission>().Where(p => p.RolePk == role.Pk).Select(p => p.Permission).ToListAsync(context.Cancellation);
        foreach (var name in list.Select(p => p?.ToString() ?? "").Distinct(StringComparer.Ordinal))
        {
            if (catalogue.Find(name) is not { } permission)
                context.Errors.Add("permissions", $"\"{name}\" is not a valid choice.");
            else if (!held.Contains(permission.Name, StringComparer.Ordinal))
                context.Db.Add(new RolePermission { RolePk = role.Pk, Permission = permission.Name });
        }
        await context.Db.SaveChangesAsync(context.Cancellation);
    }
}
