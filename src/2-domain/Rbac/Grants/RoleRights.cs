using Postern.Directory.Rights;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Rbac.Grants;

/// <summary>Compares roles with callers by the rights they hold, on everything and on single objects.</summary>
sealed class RoleRights(GlobalGrants grants, PermissionCatalogue catalogue, PosternDb db) : IRights
{
    public async ValueTask<IReadOnlyList<Guid>> AboveAsync(Caller caller, IReadOnlyCollection<Guid> roles, CancellationToken cancellation)
    {
        if (caller.IsSystem || caller.IsSuperuser)
            return [];
        var others = roles.Where(r => !caller.Roles.Contains(r)).ToArray();
        if (others.Length == 0)
            return [];
        var own = await grants.OfAsync(caller.Roles, cancellation);
        var above = new HashSet<Guid>();
        foreach (var role in others)
        {
            if (!own.IsSupersetOf(await grants.OfAsync([role], cancellation)))
                above.Add(role);
        }
        foreach (var role in await WithObjectsOfTheirOwnAsync(others, own, caller.Roles, cancellation))
            above.Add(role);
        return [.. above];
    }

    public async ValueTask<IReadOnlyList<string>> SystemPermissionsAsync(Caller caller, CancellationToken cancellation)
    {
        var system = catalogue.All.Where(p => string.Equals(p.App, SystemPermission.App, StringComparison.Ordinal));
        if (!caller.IsSuperuser)
        {
            var own = await grants.OfAsync(caller.Roles, cancellation);
            system = system.Where(p => own.Contains(p.Name));
        }
        return [.. system.Select(p => p.Codename).Order(StringComparer.Ordinal)];
    }

    // A right on one object is no surplus where the caller holds it on everything or on that object.
    async Task<Guid[]> WithObjectsOfTheirOwnAsync(Guid[] others, IReadOnlySet<string> own, IReadOnlyList<Guid> callers, CancellationToken cancellation) =>
        await db.ScalarAsync<Guid[]>(
            """
            SELECT array_agg(DISTINCT role_pk) FROM role_object_permission o
            WHERE role_pk = ANY($1) AND NOT (permission = ANY($2))
            AND NOT EXISTS (SELECT FROM role_object_permission c
                            WHERE c.role_pk = ANY($3) AND c.permission = o.permission AND c.kind = o.kind AND c.object_pk = o.object_pk)
            """,
            cancellation, others, own.ToArray(), callers.ToArray()) ?? [];
}
