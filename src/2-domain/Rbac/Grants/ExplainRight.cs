using Microsoft.EntityFrameworkCore;
using Postern.Directory.Groups;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Rbac.Roles;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Rbac.Grants;

/// <summary>Tells whether a user holds a right on everything of a kind or on one object, and the chain of groups and roles that decides. Writes nothing.</summary>
public sealed class ExplainRight(PosternDb db, IAccess access, ObjectQuery objects, PermissionCatalogue catalogue, KindRegistry kinds, ExplainMembership membership)
{
    const string RolesSql = """
        SELECT role_pk, NULL::uuid FROM user_role WHERE user_pk = $1
        UNION ALL
        SELECT gr.role_pk, gr.group_pk FROM user_groups($1) AS own (pk) JOIN group_role gr ON gr.group_pk = own.pk
        """;

    /// <summary>
    /// <paramref name="key"/> is the lookup of the object; blank for the whole kind. Needs the right to view roles, the user and the object. Faults: forbidden, not
    /// found, invalid for a permission or an object that is not there.
    /// </summary>
    public async Task<Result<RightExplanation>> ExecuteAsync(Caller caller, string userLookup, string permission, string? key, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, RoleKind.Kind.View, key: null, cancellation) is { } refusal)
            return refusal;
        if (!(await objects.FindAsync(UserKind.Kind, caller, userLookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        if (catalogue.Find(permission) is not { } known)
            return Fault.Field("permission", "There is no such permission.");
        var user = (User)found;
        if (string.IsNullOrWhiteSpace(key))
            return await ExplainAsync(user, known, kind: null, entity: null, cancellation);
        if (kinds.Find(known.Kind) is not { } kind || !(await objects.FindAsync(kind, caller, key.Trim(), tracked: false, cancellation)).Succeeded(out var entity, out _))
            return Fault.Field("object", $"There is no such {known.ModelLabel.ToLowerInvariant()} that you may see.");
        return await ExplainAsync(user, known, kind, entity, cancellation);
    }

    async Task<RightExplanation> ExplainAsync(User user, CataloguePermission permission, ModelKind? kind, object? entity, CancellationToken cancellation)
    {
        var key = kind is null ? null : kind.KeyOf(entity!);
        var ways = await membership.OfAsync(user.Pk, cancellation);
        var roles = await RolesAsync(user.Pk, ways, cancellation);
        var holders = await HoldersAsync(permission.Name, key, cancellation);
        Guid[] groups = [.. ways.Keys];
        var superuser = await db.Set<Group>().Where(g => g.IsSuperuser && groups.Contains(g.Pk)).Select(g => g.Pk).ToListAsync(cancellation);
        var owns = kind is not null && kind.OwnerOf(entity!) == user.Pk;
        var asked = await FindCaller.OfActiveUserAsync(db, user.Pk, cancellation);
        var allowed = asked is not null && (owns || await access.RefuseAsync(asked, Permission.Parse(permission.Name), key, cancellation) is null);
        return new RightExplanation(user, permission, kind is null ? null : kind.Of(entity!).NameOf(entity!), allowed)
        {
            Owns = owns,
            Superuser = [.. superuser.Select(g => ways[g])],
            Sources = [.. holders.Where(h => roles.Contains(h.Pk)).Select(h => new RightSource(h, [.. roles[h.Pk]]))],
            Others = [.. holders.Where(h => !roles.Contains(h.Pk))],
        };
    }

    async Task<ILookup<Guid, IReadOnlyList<GroupName>>> RolesAsync(int user, IReadOnlyDictionary<Guid, IReadOnlyList<GroupName>> ways, CancellationToken cancellation)
    {
        var found = new List<(Guid Role, IReadOnlyList<GroupName> Way)>();
        await using var rows = await db.ReadAsync(RolesSql, cancellation, user);
        while (await rows.ReadAsync(cancellation))
            found.Add((rows.GetGuid(0), rows.IsDBNull(1) ? [] : ways.GetValueOrDefault(rows.GetGuid(1)) ?? []));
        return found.ToLookup(f => f.Role, f => f.Way);
    }

    async Task<List<RoleName>> HoldersAsync(string permission, string? key, CancellationToken cancellation)
    {
        var everywhere = await db.Set<RolePermission>().Where(p => p.Permission == permission)
            .Join(db.Set<Role>(), p => p.RolePk, r => r.Pk, (p, r) => new RoleName(r.Pk, r.Name, false)).ToListAsync(cancellation);
        var single = key is null ? [] : await db.Set<RoleObjectPermission>().Where(p => p.Permission == permission && p.ObjectPk == key)
            .Join(db.Set<Role>(), p => p.RolePk, r => r.Pk, (p, r) => new RoleName(r.Pk, r.Name, true)).ToListAsync(cancellation);
        return [.. everywhere.Concat(single).DistinctBy(r => r.Pk).OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
