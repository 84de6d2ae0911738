using System.Collections.Frozen;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Rbac.Grants;

/// <summary>The global rights of every role, kept in memory.</summary>
sealed class GlobalGrants
{
    readonly Snapshot<FrozenDictionary<Guid, FrozenSet<string>>> picture;

    public GlobalGrants(SnapshotHub hub, DatabasePools pools) =>
        picture = hub.Declare(["role_permission"], cancellation => LoadAsync(pools, cancellation));

    /// <summary>Whether one of the roles holds the permission on everything.</summary>
    public async ValueTask<bool> HoldAsync(IReadOnlyList<Guid> roles, string permission, CancellationToken cancellation)
    {
        if (roles.Count == 0)
            return false;
        var grants = await picture.GetAsync(cancellation);
        return roles.Any(role => grants.TryGetValue(role, out var permissions) && permissions.Contains(permission));
    }

    /// <summary>All permissions that the roles hold on everything.</summary>
    public async ValueTask<IReadOnlySet<string>> OfAsync(IReadOnlyList<Guid> roles, CancellationToken cancellation)
    {
        var grants = await picture.GetAsync(cancellation);
        return roles.SelectMany(role => grants.TryGetValue(role, out var permissions) ? permissions : []).ToHashSet(StringComparer.Ordinal);
    }

    static async Task<FrozenDictionary<Guid, FrozenSet<string>>> LoadAsync(DatabasePools pools, CancellationToken cancellation)
    {
        var grants = new List<(Guid Role, string Permission)>();
        await using var command = pools.Pictures.CreateCommand("SELECT role_pk, permission FROM role_permission");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            grants.Add((rows.GetGuid(0), rows.GetString(1)));
        return grants.GroupBy(g => g.Role).ToFrozenDictionary(g => g.Key, g => g.Select(p => p.Permission).ToFrozenSet(StringComparer.Ordinal));
    }
}
