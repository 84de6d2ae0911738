using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Rbac.Grants;

/// <summary>Gives the creator's roles the initial rights on a new object, and takes away what is left when an object goes.</summary>
sealed class CreatorRights : IObjectObserver
{
    readonly PermissionCatalogue catalogue;
    readonly Snapshot<IReadOnlyList<(Guid Role, int Permission)>> initial;

    public CreatorRights(SnapshotHub hub, DatabasePools pools, PermissionCatalogue catalogue) =>
        (this.catalogue, initial) = (catalogue, hub.Declare(["initial_permissions"], cancellation => LoadAsync(pools, cancellation)));

    public async ValueTask CreatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation)
    {
        if (!caller.IsAuthenticated)
            return;
        var concrete = kind.Of(entity);
        foreach (var (role, number) in (await initial.GetAsync(cancellation)).Where(i => caller.Roles.Contains(i.Role)))
        {
            if (catalogue.Find(number) is { } permission && string.Equals(permission.Kind, concrete.Name, StringComparison.Ordinal))
                await GrantObject.ExecuteAsync(db, role, permission, concrete.KeyOf(entity), cancellation);
        }
    }

    public async ValueTask DeletedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation)
    {
        var concrete = kind.Of(entity);
        await db.ExecuteAsync("DELETE FROM role_object_permission WHERE kind = $1 AND object_pk = $2", cancellation, concrete.Name, concrete.KeyOf(entity));
    }

    static async Task<IReadOnlyList<(Guid, int)>> LoadAsync(DatabasePools pools, CancellationToken cancellation)
    {
        var all = new List<(Guid, int)>();
        await using var command = pools.Pictures.CreateCommand("SELECT role_pk, unnest(permissions) FROM initial_permissions");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            all.Add((rows.GetGuid(0), rows.GetInt32(1)));
        return all;
    }
}
