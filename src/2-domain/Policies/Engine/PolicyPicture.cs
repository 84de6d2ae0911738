using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Policies.Bindings;
using Postern.Storage;
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
}

/// <summary>Keeps the picture of policies and bindings current.</summary>
sealed class PolicyPictures(SnapshotHub hub, IServiceScopeFactory scopes)
{
    static readonly string[] Tables = ["policy", "policy_binding"];

    readonly Snapshot<PolicyPicture> picture = hub.Declare(Tables, cancellation => LoadAsync(scopes, cancellation));

    public ValueTask<PolicyPicture> GetAsync(CancellationToken cancellation) => picture.GetAsync(cancellation);

    static async Task<PolicyPicture> LoadAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PosternDb>();
        var policies = await db.Set<Policy>().AsNoTracking().ToListAsync(cancellation);
        var bindings = await db.Set<PolicyBinding>().AsNoTracking().ToListAsync(cancellation);
        return new PolicyPicture(policies, bindings);
    }
}
