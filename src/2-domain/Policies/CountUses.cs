using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Policies.Bindings;
using Postern.Storage.Kinds;

namespace Postern.Policies;

/// <summary>Counts what a page of policies is bound to.</summary>
static class CountUses
{
    public static async ValueTask<Func<T, object?>> LoadAsync<T>(IReadOnlyList<T> page, LoadContext context)
        where T : Policy
    {
        List<Guid> policies = [.. page.Select(p => p.Pk)];
        var counts = await context.Db.Set<PolicyBinding>().Where(b => b.PolicyPk != null && policies.Contains(b.PolicyPk.Value))
            .GroupBy(b => b.PolicyPk!.Value).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, context.Cancellation);
        foreach (var other in context.Services.GetServices<IPolicyUses>())
        {
            foreach (var (policy, count) in await other.CountAsync(policies, context.Cancellation))
                counts[policy] = counts.GetValueOrDefault(policy) + count;
        }
        return policy => counts.GetValueOrDefault(policy.Pk);
    }
}

/// <summary>Uses of policies beside bindings (validation lists of prompt stages).</summary>
public interface IPolicyUses
{
    /// <summary>How often each of the policies is used; policies without a use may be left out.</summary>
    ValueTask<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyList<Guid> policies, CancellationToken cancellation);
}
