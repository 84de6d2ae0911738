using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Rbac.Roles;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Rbac.Grants;

/// <summary>
/// Gives rights to a role and takes them away. Needs <c>assign_role_permissions</c> or <c>unassign_role_permissions</c> on the role; nobody gives a
/// right that they do not hold. Writes the grants and one audit event. Faults: not found, forbidden, invalid.
/// </summary>
public sealed class AssignPermissions(PosternDb db, ObjectQuery objects, IAccess access, GrantCeiling ceiling, IAuditTrail audit)
{
    static readonly Permission Assign = Permission.Parse("authentik_rbac.assign_role_permissions");
    static readonly Permission Unassign = Permission.Parse("authentik_rbac.unassign_role_permissions");

    /// <summary>Answers the numbers of the grants.</summary>
    public async Task<Result<IReadOnlyList<int>>> AssignAsync(Caller caller, string role, AssignRequest request, CancellationToken cancellation)
    {
        if (!(await RoleAsync(caller, role, Assign, cancellation)).Succeeded(out var found, out var refusal))
            return refusal;
        if (request.Kind is { } kind && (await objects.NamesAsync(kind, Caller.System, [request.Key!], cancellation)).Count == 0)
            return Fault.Field("object_pk", $"Invalid pk \"{request.Key}\" - object does not exist.");
        foreach (var permission in request.Permissions)
        {
            if (!await ceiling.HoldsAsync(caller, permission, request.Key, cancellation))
                return Fault.Field("permissions", $"User does not hold permission {permission.Name}.");
        }
        return await ChangeAsync(caller, found, request, "added", p => GrantAsync(found.Pk, p, request.Key, cancellation), cancellation);
    }

    public async Task<Result<Unit>> UnassignAsync(Caller caller, string role, AssignRequest request, CancellationToken cancellation)
    {
        if (!(await RoleAsync(caller, role, Unassign, cancellation)).Succeeded(out var found, out var refusal))
            return refusal;
        var outcome = await ChangeAsync(caller, found, request, "removed", p => RevokeAsync(found.Pk, p, request.Key, cancellation), cancellation);
        return outcome.Then(_ => Unit.Value);
    }

    async Task<Result<Role>> RoleAsync(Caller caller, string lookup, Permission permission, CancellationToken cancellation)
    {
        // Who may assign sees the role; a view right besides is not asked for.
        if (!(await objects.FindAsync(RoleKind.Kind, Caller.System, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return caller.IsAuthenticated ? missing : new Fault.Unauthenticated();
        return await access.RefuseAsync(caller, permission, RoleKind.Kind.KeyOf(found), cancellation) is { } refusal ? refusal : (Role)found;
    }

    Task<Result<IReadOnlyList<int>>> ChangeAsync(Caller caller, Role role, AssignRequest request, string verb, Func<CataloguePermission, Task<int>> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var numbers = new List<int>();
                foreach (var permission in request.Permissions)
                    numbers.Add(await change(permission));
                var names = new JsonArray([.. request.Permissions.Select(p => (JsonNode?)(request.Key is null ? p.Name : $"{p.Name} on {request.Key}"))]);
                audit.Record(db, caller, ObjectChange.Updated, RoleKind.Kind, role, new JsonObject { ["permissions"] = new JsonObject { [verb] = names } });
                await db.SaveChangesAsync(cancellation);
                return Result<IReadOnlyList<int>>.Of(numbers);
            },
            _ => true,
            cancellation);

    async Task<int> GrantAsync(Guid role, CataloguePermission permission, string? key, CancellationToken cancellation)
    {
        if (key is not null)
            return await GrantObject.ExecuteAsync(db, role, permission, key, cancellation);
        if (await db.Set<RolePermission>().FirstOrDefaultAsync(p => p.RolePk == role && p.Permission == permission.Name, cancellation) is { } held)
            return held.Id;
        var grant = new RolePermission { RolePk = role, Permission = permission.Name };
        db.Add(grant);
        await db.SaveChangesAsync(cancellation);
        return grant.Id;
    }

    async Task<int> RevokeAsync(Guid role, CataloguePermission permission, string? key, CancellationToken cancellation)
    {
        if (key is not null)
        {
            const string sql = "DELETE FROM role_object_permission WHERE role_pk = $1 AND permission = $2 AND kind = $3 AND object_pk = $4";
            return await db.ExecuteAsync(sql, cancellation, role, permission.Name, permission.Kind, key);
        }
        var held = await db.Set<RolePermission>().Where(p => p.RolePk == role && p.Permission == permission.Name).ToListAsync(cancellation);
        db.RemoveRange(held);
        await db.SaveChangesAsync(cancellation);
        return held.Count;
    }
}
