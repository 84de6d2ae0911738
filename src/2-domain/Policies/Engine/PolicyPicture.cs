using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Policies.Engine;

/// <summary>All policies and bindings at one moment.</summary>
sealed class PolicyPicture(IReadOnlyList<Policy> policies, IReadOnlyList<PolicyBinding> bindings)
{
    readonly FrozenDictionary<Guid, Policy> byPk = policies.ToFrozenDictionary(p => p.Pk);
    readonly FrozenDictionary<string, Policy> byName = policies.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
    readonly FrozenDictionary<Guid, PolicyBinding[]> byTarget = bindings.Where(b => b.Enabled)
        .GroupBy(b => b.Target).ToFrozenDictionary(g => g.Key, g => g.OrderBy(b => b.Order).ThenBy(b => b.Pk).ToArray());

    public IEnumerable<Policy> Policies => byPk.Values;

    public IReadOnlyList<PolicyBinding> BindingsOf(Guid target) => byTarget.GetValueOrDefault(target) ?? [];

    public Policy? Find(Guid pk) => byPk.GetValueOrDefault(pk);

    public Policy? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The picture kept current over its tables.</summary>
    public static Snapshot<PolicyPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) =>
        hub.Declare(["policy", "policy_binding"], cancellation => LoadAsync(scopes, cancellation));

    static async Task<PolicyPicture> LoadAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var policies = await db.Set<Policy>().AsNoTracking().ToListAsync(cancellation);
        var bindings = await db.Set<PolicyBinding>().AsNoTracking().ToListAsync(cancellation);
        return new PolicyPicture(policies, bindings);
    }
}
