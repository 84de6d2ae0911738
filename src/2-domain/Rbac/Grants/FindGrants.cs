using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Rbac.Roles;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Rbac.Grants;

/// <summary>Who holds what: the roles with rights on a kind or object, and the objects a role has rights on. Shows roles the caller may view.</summary>
public sealed class FindGrants(PosternDb db, ObjectQuery objects, IAccess access, KindRegistry kinds, PermissionCatalogue catalogue)
{
    /// <summary>Roles that hold a right on every object of the kind, or on the one named. Faults: forbidden, not found.</summary>
    public async Task<Result<ObjectPage>> OnAsync(Caller caller, ListRequest request, ModelKind kind, string? key, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(RoleKind.Kind, caller, new ListRequest { Search = request.Search }, cancellation)).Succeeded(out var visible, out var refusal))
            return refusal;
        string[] names = [.. catalogue.All.Where(p => string.Equals(p.Kind, kind.Name, StringComparison.Ordinal)).Select(p => p.Name)];
        var holders = visible
            .Where(r => db.Set<RolePermission>().Any(p => p.RolePk == r.Pk && names.Contains(p.Permission))
                || db.Set<RoleObjectPermission>().Any(p => p.RolePk == r.Pk && p.Kind == kind.Name && p.ObjectPk == key))
            .OrderBy(r => r.Name).ThenBy(r => r.Pk);
        var page = new ObjectPage([], await holders.CountAsync(cancellation), request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return new Fault.NotFound("page") { Message = "Invalid page." };
        var roles = await holders.AsNoTracking().Skip((request.Page - 1) * request.PageSize).Take(request.PageSize).ToListAsync(cancellation);
        Guid[] pks = [.. roles.Select(r => r.Pk)];
        var everywhere = await db.Set<RolePermission>().AsNoTracking().Where(p => pks.Contains(p.RolePk) && names.Contains(p.Permission)).ToListAsync(cancellation);
        var single = await db.Set<RoleObjectPermission>().AsNoTracking().Where(p => pks.Contains(p.RolePk) && p.Kind == kind.Name && p.ObjectPk == key).ToListAsync(cancellation);
        return page with { Items = [.. roles.Select(role => Holder(role, everywhere.Where(p => p.RolePk == role.Pk), single.Where(p => p.RolePk == role.Pk)))] };
    }

    /// <summary>Rights of a role (or of all visible roles) on single objects. Faults: forbidden, not found.</summary>
    public async Task<Result<ObjectPage>> OfAsync(Caller caller, ListRequest request, Guid? role, CancellationToken cancellation)
    {
        if (!(await objects.MatchingAsync(RoleKind.Kind, caller, new ListRequest(), cancellation)).Succeeded(out var visible, out var refusal))
            return refusal;
        var grants = db.Set<RoleObjectPermission>().AsNoTracking().Where(p => visible.Any(r => r.Pk == p.RolePk) && (role == null || p.RolePk == role));
        var page = new ObjectPage([], await grants.CountAsync(cancellation), request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return new Fault.NotFound("page") { Message = "Invalid page." };
        var items = await grants.OrderBy(p => p.Permission).ThenBy(p => p.Id).Skip((request.Page - 1) * request.PageSize).Take(request.PageSize).ToListAsync(cancellation);
        var names = await NamesAsync(caller, items, cancellation);
        return page with { Items = [.. items.Select(i => Described(i, names)).OfType<object>()] };
    }

    /// <summary>Names of the permissions a role holds on everything; null when the caller may not see the role.</summary>
    public async Task<IReadOnlySet<string>?> GlobalOfAsync(Caller caller, Guid role, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, RoleKind.Kind.View, role.ToString(), cancellation) is not null && !caller.Roles.Contains(role))
            return null;
        return await db.Set<RolePermission>().Where(p => p.RolePk == role).Select(p => p.Permission).ToHashSetAsync(StringComparer.Ordinal, cancellation);
    }

    JsonObject Holder(Role role, IEnumerable<RolePermission> everywhere, IEnumerable<RoleObjectPermission> single) => new()
    {
        ["role_pk"] = role.Pk.ToString(),
        ["name"] = role.Name,
        ["object_permissions"] = new JsonArray([.. single.Select(p => catalogue.Find(p.Permission) is { } known ? PermissionJson.OnObject(p.Id, known, p.ObjectPk) : null).OfType<JsonNode>()]),
        ["model_permissions"] = new JsonArray([.. everywhere.Select(p => catalogue.Find(p.Permission) is { } known ? PermissionJson.Short(p.Id, known) : null).OfType<JsonNode>()]),
    };

    JsonObject? Described(RoleObjectPermission grant, Dictionary<(string, string), string> names)
    {
        if (catalogue.Find(grant.Permission) is not { } permission)
            return null;
        var json = PermissionJson.OnObject(grant.Id, permission, grant.ObjectPk);
        json["app_label_verbose"] = PermissionJson.AppLabel(permission.App);
        json["model_verbose"] = permission.ModelLabel;
        json["object_description"] = names.GetValueOrDefault((grant.Kind, grant.ObjectPk));
        return json;
    }

    async Task<Dictionary<(string, string), string>> NamesAsync(Caller caller, List<RoleObjectPermission> grants, CancellationToken cancellation)
    {
        var names = new Dictionary<(string, string), string>();
        foreach (var group in grants.GroupBy(g => g.Kind, StringComparer.Ordinal))
        {
            if (kinds.Find(group.Key) is not { } kind)
                continue;
            foreach (var (key, name) in await objects.NamesAsync(kind, caller, group.Select(g => g.ObjectPk), cancellation))
                names[(group.Key, key)] = name;
        }
        return names;
    }
}
